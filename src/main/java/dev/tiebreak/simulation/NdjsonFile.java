package dev.tiebreak.simulation;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a file of JSON lines with snake_case names, line by line; unknown fields are passed over.
 */
final class NdjsonFile {

  /** What takes the lines; throws SimulationException for one that it can't use. */
  interface Lines<T> {
    /**
     * Takes a line.
     *
     * @param number of the line, from 0, blank ones not counted
     */
    void take(int number, T line);
  }

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private NdjsonFile() {}

  static <T> void read(Path file, Class<T> type, Lines<T> lines) {
    int line = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      int number = 0;
      @Nullable String text;
      while ((text = reader.readLine()) != null) {
        line++;
        if (!text.isBlank()) {
          lines.take(number++, MAPPER.readValue(text, type));
        }
      }
    } catch (NoSuchFileException e) {
      throw new SimulationException(file + " doesn't exist", e);
    } catch (IOException e) {
      throw new SimulationException(
          "%s can't be read after line %d: %s".formatted(file, line, e.getMessage()), e);
    } catch (JacksonException e) {
      throw new SimulationException(
          "%s, line %d: %s".formatted(file, line, e.getOriginalMessage()), e);
    } catch (SimulationException e) {
      throw new SimulationException("%s, line %d: %s".formatted(file, line, e.getMessage()), e);
    }
  }
}
