package dev.tiebreak.access;

import dev.tiebreak.command.CommandLine;
import dev.tiebreak.command.UsageException;
import dev.tiebreak.problem.ProblemException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The options of {@code keys create}: what the body of {@code POST /keys} says, in words. */
final class KeyOptions {

  private KeyOptions() {}

  /** The key that is wanted. Throws UsageException for one that can't be meant. */
  static NewKey parse(String... arguments) {
    CommandLine<KeyOption> given = new CommandLine<>(KeyOption.class, arguments);
    ObjectNode body = JsonMapper.shared().createObjectNode();
    given.values(KeyOption.NAME).forEach(name -> body.put("name", name));
    given.values(KeyOption.EXPIRES).forEach(instant -> body.put("expiresAt", instant));
    given.values(KeyOption.ROLES).forEach(roles -> addAll(body.putArray("roles"), roles));
    given.values(KeyOption.PROJECTS).forEach(slugs -> addAll(body.putArray("projects"), slugs));
    try {
      return KeyBody.read(body);
    } catch (ProblemException problem) {
      throw new UsageException(
          problem.detail().replaceFirst("^/expiresAt", "/expires").replaceFirst("^/", "--"));
    }
  }

  private static void addAll(ArrayNode list, String names) {
    List.of(names.split(",", -1)).forEach(name -> list.add(name.strip()));
  }
}
