package dev.tiebreak.chaos;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** A trainer who asks for one round after another and uploads now and then; its leaders' foe. */
final class Rounds {

  static final int DIMENSION = 8;

  private static final long PATIENCE_MILLIS = 5000;

  private final World world;
  private final String project;
  private final Client client;
  private final Random random;
  private final List<Lost> lost = Collections.synchronizedList(new ArrayList<>());

  /** A leader that was killed or frozen; the time is the database's. */
  record Lost(String at, long projectId, long epoch) {}

  Rounds(World world, String project, Random random) {
    this.world = world;
    this.project = project;
    this.client = world.client();
    this.random = random;
  }

  /** Makes a project with so many responses, two a prompt. */
  void create(int responses, Map<String, Object> settings) throws InterruptedException {
    client.send(client.json("/projects/" + project, "PUT", settings), () -> true);
    upload(0, responses, () -> true);
  }

  private void upload(int from, int count, BooleanSupplier wanted) throws InterruptedException {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      List<Double> embedding = new ArrayList<>();
      for (int j = 0; j < DIMENSION; j++) {
        embedding.add((double) (float) random.nextGaussian());
      }
      rows.add(Map.of("promptId", "p" + i / 2, "responseId", "r" + i, "embedding", embedding));
    }
    client.send(
        client.json("/projects/" + project + "/embeddings", "POST", Map.of("responses", rows)),
        wanted);
  }

  /** Asks for round after round until the run is over. */
  Void ask(BooleanSupplier over) throws InterruptedException {
    while (!over.getAsBoolean()) {
      client.send(
          client.json("/projects/" + project + "/refits?wait=3", "POST", Map.of()), () -> false);
      Thread.sleep(50);
    }
    return null;
  }

  /** Uploads while a round runs, if one does. */
  Fault.Done upload(long begin) throws InterruptedException {
    upload(0, 10, () -> false);
    return new Fault.Done(begin, "");
  }

  /** Those who were killed or frozen. */
  List<Lost> lost() {
    return List.copyOf(lost);
  }

  /** A round that somebody holds. */
  private record Held(String replica, long projectId, long epoch) {}

  private Held await() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (System.nanoTime() < end) {
      try {
        List<String> held =
            world.query(
                """
                select a.application || ' ' || s.project_id || ' ' || s.epoch
                from round_status s
                join project p on p.project_id = s.project_id
                join round r on r.project_id = s.project_id and r.number = s.running
                join chaos_audit a on a.project_id = s.project_id and a.epoch = s.epoch and a.action = 'TAKE'
                where p.slug = '%s' and r.stage = 'PUBLISH' and s.held_until > clock_timestamp()
                """
                    .formatted(project));
        if (!held.isEmpty()) {
          String[] words = held.getFirst().split(" ");
          return new Held(words[0], Long.parseLong(words[1]), Long.parseLong(words[2]));
        }
      } catch (SQLException unavailable) {
        // another lane has the database down
      }
      Thread.sleep(10);
    }
    return null;
  }

  Fault.Done killLeader(long begin) throws IOException, InterruptedException {
    Held held = await();
    if (held == null) {
      return new Fault.Done(begin, "no leader");
    }
    Replica leader = world.replica(held.replica);
    leader.kill();
    note(held);
    awaitTakeOver(held);
    return new Fault.Done(world.traffic().now(), held.toString());
  }

  /** Longer than the hold, so that another takes over before it wakes. */
  Fault.Done freezeLeader(long begin, long millis) throws IOException, InterruptedException {
    Held held = await();
    if (held == null) {
      return new Fault.Done(begin, "no leader");
    }
    Replica leader = world.replica(held.replica);
    leader.freeze();
    note(held);
    Thread.sleep(World.HOLD_SECONDS * 1000L + millis);
    leader.thaw();
    return new Fault.Done(world.traffic().now(), held.toString());
  }

  private void awaitTakeOver(Held held) throws InterruptedException {
    long end = System.nanoTime() + 3 * PATIENCE_MILLIS * 1_000_000;
    String taken =
        "select 1 from chaos_audit where action = 'TAKE' and project_id = %d and epoch > %d limit 1"
            .formatted(held.projectId, held.epoch);
    while (System.nanoTime() < end) {
      try {
        if (!world.query(taken).isEmpty()) {
          return;
        }
      } catch (SQLException unavailable) {
        // another lane has the database down
      }
      Thread.sleep(100);
    }
  }

  private void note(Held held) {
    try {
      String at = world.query("select clock_timestamp()").getFirst();
      lost.add(new Lost(at, held.projectId, held.epoch));
    } catch (SQLException unavailable) {
      // not timed then
    }
  }
}
