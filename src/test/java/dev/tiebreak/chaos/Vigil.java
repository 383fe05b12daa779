package dev.tiebreak.chaos;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** One comparison that each annotator leases and never answers, while the next one waits for it. */
final class Vigil {

  static final String PROJECT = "vigil";
  static final int LEASE_SECONDS = 2;

  private static final long PAUSE_MILLIS = 100;

  private final World world;
  private final Client client;

  Vigil(World world) {
    this.world = world;
    this.client = world.client();
  }

  void create() throws InterruptedException {
    new Rounds(world, PROJECT, new Random(0))
        .create(
            2, Map.of("dimension", Rounds.DIMENSION, "leaseSeconds", LEASE_SECONDS, "lowWater", 0));
    client.send(
        client.json("/projects/" + PROJECT + "/refits?wait=20", "POST", Map.of()), () -> true);
  }

  Void keep(BooleanSupplier over) throws InterruptedException {
    int annotator = 0;
    while (!over.getAsBoolean()) {
      String path = "/next-batch?project=" + PROJECT + "&size=1&annotator=dead-" + annotator;
      Optional<Client.Reply> reply = client.send(client.request(path).GET(), () -> false);
      if (reply.isPresent() && !reply.get().body().path("items").isEmpty()) {
        annotator++;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return null;
  }
}
