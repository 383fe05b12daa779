package dev.tiebreak.command;

import java.util.Locale;

/** An option of a command: an enum's constant, its name typed with dashes. */
public interface CommandOption {

  /** The constant's name. */
  String name();

  /** What stands for its argument in the help; empty for one that takes none. */
  String argument();

  /** What it does. */
  String help();

  /** Whether it may be given several times. */
  default boolean repeats() {
    return false;
  }

  /** The name as typed, with its dashes. */
  default String flag() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it is followed by a value. */
  default boolean takesArgument() {
    return !argument().isEmpty();
  }
}
