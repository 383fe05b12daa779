package dev.tiebreak.simulation;

import dev.tiebreak.command.CommandOption;

/** Every option of the {@code replay} command. */
enum ReplayOption implements CommandOption {
  URL("URL", "the service (default http://127.0.0.1:8080)"),
  KEY_FILE(
      "FILE",
      "a file with the API key to show, a TRAINER's, or an ADMIN's to create a project; without it that of the"
          + " environment variable TIEBREAK_API_KEY, if there is one"),
  PROJECT("NAME", "the project to replay; with --toy or --data the one to create"),
  TOY(
      "",
      "create a project of points in the plane with a reward of three wells, and replay it"
          + " (project toy unless named)"),
  DATA(
      "DIRECTORY",
      "create a project of a data set, in the form that simulate --help describes, and replay it;"
          + " gold rewards become metadata goldReward, recorded choices are imported"),
  REPLACE("", "with --toy or --data: delete a project of the same name first"),
  PROJECT_SET(
      "NAME=VALUE",
      "with --toy or --data: a setting of the project, such as pairing=ANY; may be repeated"),
  SET(
      "NAME=VALUE",
      "a setting of the replay as JSON, such as seeds=20 or"
          + " strategies='[\"RANDOM\",\"I_OPTIMAL\"]'; may be repeated"),
  SETTINGS("FILE", "settings of the replay, a JSON object; --set goes over them"),
  FOLLOW("NUMBER", "instead of asking for a replay: follow one that there is"),
  OUT("DIRECTORY", "where results are written (default replay-PROJECT-NUMBER)"),
  WIDTH("PIXELS", "of pictures (default 900)"),
  HEIGHT("PIXELS", "of pictures (default 600)"),
  TIMEOUT("SECONDS", "give up after so long without an answer of the service (default 300)"),
  HELP("", "this text");

  private final String argument;
  private final String help;

  ReplayOption(String argument, String help) {
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

  @Override
  public boolean repeats() {
    return this == SET || this == PROJECT_SET;
  }
}
