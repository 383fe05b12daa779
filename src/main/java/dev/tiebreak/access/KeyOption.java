package dev.tiebreak.access;

import dev.tiebreak.command.CommandOption;

/** Every option of {@code keys create}. */
enum KeyOption implements CommandOption {
  NAME("NAME", "who uses the key, and annotates with it"),
  ROLES("ROLE,...", "what it allows: ADMIN, TRAINER, ANNOTATOR, OBSERVER"),
  PROJECTS("NAME,...", "the projects that it covers, which must be there (default all)"),
  EXPIRES("INSTANT", "when it ends, such as 2027-01-01T00:00:00Z (default never)");

  private final String argument;
  private final String help;

  KeyOption(String argument, String help) {
    this.argument = argument;
    this.help = help;
  }

  @Override
  public String argument() {
    return argument;
  }

  @Override
  public String help() {
    return help;
  }
}
