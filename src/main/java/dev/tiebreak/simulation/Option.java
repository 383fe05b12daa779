package dev.tiebreak.simulation;

import dev.tiebreak.command.CommandOption;

/** Every option of the command; the argument is empty for one that takes none. */
enum Option implements CommandOption {
  URL("URL", "the service (default http://127.0.0.1:8080)"),
  KEY_FILE(
      "FILE",
      "a file with the API key to show, an ADMIN's, as every annotator is given a key"
          + " of their own; without it that of the"
          + " environment variable TIEBREAK_API_KEY, if there is one"),
  DATA("DIRECTORY", "a data set as described below; without it a small one is generated"),
  PROJECT(
      "NAME",
      "the project (default sim-DATA-STRATEGY-SEED); with several strategies or seeds a prefix"),
  STRATEGY(
      "LIST",
      "strategies of the service, separated by commas, each run in a project of its own"
          + " (default RANDOM,I_OPTIMAL)"),
  PAIRING("PAIRING", "IN_PROMPT, CROSS_PROMPT or ANY (default IN_PROMPT)"),
  LABELS("COUNT", "counted verdicts to give, never more (default 200)"),
  EVERY("COUNT", "verdicts between two points of the learning curve (default 25)"),
  BATCH_SIZE("COUNT", "comparisons chosen in a round (default as --every)"),
  REFIT_AFTER(
      "COUNT",
      "counted verdicts after which the service starts a round by itself (default 1000000000:"
          + " rounds happen at the points of the curve only)"),
  LOW_WATER(
      "COUNT", "comparisons below which the service starts a round by itself (default 0: never)"),
  ANNOTATORS("COUNT", "annotators working at once (default 4, or as many as judged each pair)"),
  OVERLAP("COUNT", "verdicts wanted on each comparison (default 1, or as many as were recorded)"),
  PRIOR("PRIOR", "SPECTRAL or ISOTROPIC (default: the service's)"),
  SET("NAME=VALUE", "any other setting of the project, such as randomShare=0; may be repeated"),
  SEED("LIST", "seeds of split, coins and project, separated by commas (default 1)"),
  SEEDS("COUNT", "the seeds 1 to COUNT: curves become mean (standard error)"),
  HOLDOUT("SHARE", "share of prompts that are never uploaded and evaluate the model (default 0.2)"),
  SKIP_SHARE("SHARE", "share of comparisons that an annotator skips (default 0)"),
  TIE_SHARE("SHARE", "share of coins that fall on their edge: TIE, with gold rewards (default 0)"),
  THINK("MILLISECONDS", "time that an annotator takes for a verdict (default 0)"),
  KEEP("", "keep the projects afterwards (the default)"),
  DELETE("", "delete the projects afterwards"),
  REPLACE("", "delete projects of the same name first"),
  RESUME("", "continue projects of the same name, after a crash of this program"),
  CSV("FILE", "write the learning curves there, a line a point; --resume appends"),
  TIMEOUT(
      "SECONDS",
      "give up after so long without an answer of the service, or without a counted verdict (default 300)"),
  ACKNOWLEDGED("FILE", "append a line for every acknowledged verdict, synced to disk"),
  CHECK(
      "FILE",
      "instead of a run: compare such a file with the service's log. Each acknowledged verdict"
          + " must be there once, else the exit status is 1"),
  HELP("", "this text");

  private final String argument;
  private final String help;

  Option(String argument, String help) {
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
    return this == SET;
  }
}
