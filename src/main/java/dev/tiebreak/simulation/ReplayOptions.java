package dev.tiebreak.simulation;

import dev.tiebreak.command.CommandLine;
import dev.tiebreak.command.UsageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was asked for, checked. See {@link ReplayOption} for the meaning of each.
 *
 * @param key the API key; null: none
 * @param settings of the replay
 * @param projectSettings of a project that is created
 * @param follow the number of a replay that there is; null: ask for one
 */
record ReplayOptions(
    URI url,
    @Nullable String key,
    String project,
    boolean toy,
    @Nullable Path data,
    boolean replace,
    Map<String, Object> projectSettings,
    Map<String, Object> settings,
    @Nullable Integer follow,
    @Nullable Path out,
    int width,
    int height,
    Duration timeout,
    boolean help) {

  private static final int MOST = 1_000_000_000;

  /** Reads the command line. Throws UsageException for one that can't be meant. */
  static ReplayOptions parse(String... arguments) {
    CommandLine<ReplayOption> line = new CommandLine<>(ReplayOption.class, arguments);
    boolean toy = line.has(ReplayOption.TOY);
    line.exclude(ReplayOption.TOY, ReplayOption.DATA);
    line.exclude(ReplayOption.TOY, ReplayOption.FOLLOW);
    line.exclude(ReplayOption.DATA, ReplayOption.FOLLOW);
    boolean help = line.has(ReplayOption.HELP);
    String project = line.value(ReplayOption.PROJECT);
    if (project == null && !toy && !help) {
      throw new UsageException("--project NAME says what to replay; --toy needs nothing");
    }
    Map<String, Object> settings = new LinkedHashMap<>(file(line));
    settings.putAll(line.pairs(ReplayOption.SET));
    return new ReplayOptions(
        line.url(ReplayOption.URL, "http://127.0.0.1:8080"),
        ServiceKey.read(line.path(ReplayOption.KEY_FILE)),
        project == null ? "toy" : line.slug(ReplayOption.PROJECT, project),
        toy,
        line.path(ReplayOption.DATA),
        line.has(ReplayOption.REPLACE),
        line.pairs(ReplayOption.PROJECT_SET),
        settings,
        line.has(ReplayOption.FOLLOW) ? line.integer(ReplayOption.FOLLOW, 1, MOST, 1) : null,
        line.path(ReplayOption.OUT),
        line.integer(ReplayOption.WIDTH, 200, 4000, 900),
        line.integer(ReplayOption.HEIGHT, 200, 4000, 600),
        Duration.ofSeconds(line.integer(ReplayOption.TIMEOUT, 1, 1_000_000, 300)),
        help);
  }

  private static Map<String, Object> file(CommandLine<ReplayOption> line) {
    Path file = line.path(ReplayOption.SETTINGS);
    if (file == null) {
      return Map.of();
    }
    try {
      return JsonMapper.shared()
          .readValue(Files.readString(file), new TypeReference<Map<String, Object>>() {});
    } catch (IOException e) {
      throw new UsageException("--settings: cannot read " + file);
    } catch (JacksonException e) {
      throw new UsageException("--settings: " + file + " is not a JSON object");
    }
  }
}
