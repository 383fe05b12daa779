package dev.tiebreak.command;

/** What {@code --help} prints of options. */
public final class OptionHelp {

  private static final int WIDTH = 78;
  private static final String INDENT = " ".repeat(8);

  private OptionHelp() {}

  /** A line an option, and what it does below. */
  public static String of(CommandOption... options) {
    StringBuilder text = new StringBuilder();
    for (CommandOption option : options) {
      text.append("  %s %s".formatted(option.flag(), option.argument()).stripTrailing());
      text.append('\n');
      wrap(option.help(), text);
    }
    return text.toString();
  }

  private static void wrap(String help, StringBuilder text) {
    StringBuilder line = new StringBuilder(INDENT);
    for (String word : help.split(" ")) {
      if (line.length() + word.length() > WIDTH) {
        text.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(INDENT);
      }
      line.append(word).append(' ');
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
