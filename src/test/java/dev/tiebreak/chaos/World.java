package dev.tiebreak.chaos;

import dev.tiebreak.database.TestCluster;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.util.FileSystemUtils;

/**
 * All that a run consists of: two PostgreSQL servers of which one follows the other, replicas of
 * the service, a relay between each replica and each server, and the balancer before the replicas.
 */
final class World implements AutoCloseable {

  /** How many seconds a round is held without a sign of life. */
  static final int HOLD_SECONDS = 5;

  private static final long LOOK_MILLIS = 500;
  private static final int LOOKS_TO_RESTART = 8;

  private static final int SERVERS = 2;

  private final Path directory;
  private final List<Replica> replicas = new ArrayList<>();
  // of each replica, one to each server
  private final List<List<Relay>> links = new ArrayList<>();
  private final TestCluster[] servers = new TestCluster[SERVERS];
  private final int[] ports = new int[SERVERS];
  private final Launcher launcher;
  private final boolean direct;
  private final Balancer balancer = new Balancer();
  private final Traffic traffic = new Traffic();
  // over what happens to the servers: one thing at a time
  private final ReentrantLock database = new ReentrantLock();
  private volatile int primary;
  private volatile boolean closed;

  /**
   * What a run is made of.
   *
   * @param standby whether a second server follows the first
   * @param lingerMillis how long rounds linger before they publish
   * @param skews of each replica the milliseconds that its clock is ahead
   * @param parameters for the driver, as they end its URL
   * @param direct whether clients go to the first replica, past the balancer
   */
  record Plan(
      Mutation mutation,
      boolean standby,
      long lingerMillis,
      List<Long> skews,
      String parameters,
      boolean direct) {

    /** The service as it is. */
    static Plan of(int replicas) {
      // the clock of the last is an hour ahead: nothing may depend on it
      List<Long> skews = new ArrayList<>(Collections.nCopies(replicas, 0L));
      skews.set(replicas - 1, 3_600_000L);
      return new Plan(Mutation.NONE, true, 300, skews, "", false);
    }
  }

  World(Launcher launcher, Plan plan) throws IOException, SQLException, InterruptedException {
    this.launcher = launcher;
    this.direct = plan.direct();
    directory = Files.createTempDirectory("tiebreak-chaos");
    Files.setPosixFilePermissions(
        directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwx--x--x"));
    Files.createDirectory(journals());
    for (int i = 0; i < SERVERS; i++) {
      ports[i] = freePort();
    }
    try {
      build(plan);
    } catch (IOException | SQLException | InterruptedException | RuntimeException failure) {
      close();
      throw failure;
    }
  }

  private void build(Plan plan) throws IOException, SQLException, InterruptedException {
    servers[0] = TestCluster.primary(server(0), launcher.programs(), ports[0]);
    replicas.add(replica(plan, 0));
    if (launcher.isUntrained()) {
      replicas.getFirst().train();
    }
    for (int i = 1; i < plan.skews().size(); i++) {
      replicas.add(replica(plan, i));
    }
    replicas.forEach(replica -> balancer.add(replica.port()));
    for (Replica replica : replicas) {
      replica.awaitReady();
    }
    Thread.ofVirtual().name("orchestrator").start(this::keepRunning);
    execute(plan.mutation().schema().toArray(String[]::new));
    execute(AUDIT);
    if (plan.standby()) {
      servers[1] = TestCluster.standbyOf(servers[0], server(1), ports[1]);
    }
  }

  /**
   * Starts what has ended again, be it killed or a start that found no database, after the pause of
   * whatever runs services: the start takes the processors from those that work on.
   */
  private void keepRunning() {
    Map<Replica, Integer> absences = new HashMap<>();
    try {
      while (!closed) {
        Thread.sleep(LOOK_MILLIS);
        for (Replica replica : replicas) {
          if (replica.isAlive()) {
            absences.remove(replica);
          } else if (absences.merge(replica, 1, Integer::sum) == LOOKS_TO_RESTART && !closed) {
            absences.remove(replica);
            replica.restart();
          }
        }
      }
    } catch (IOException failure) {
      traffic.odd("a replica can't be started: " + failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Who took a round and who published it: noted by the database, beside the service. */
  private static final String AUDIT =
      """
      create table chaos_audit (
        seq bigint generated always as identity, at timestamptz default clock_timestamp(),
        project_id bigint, number bigint, epoch bigint, action text,
        application text default current_setting('application_name'));
      create function chaos_note() returns trigger language plpgsql security definer as $$
      begin
        if new.state = 'RUNNING' and (tg_op = 'INSERT' or old.epoch is distinct from new.epoch) then
          insert into public.chaos_audit (project_id, number, epoch, action)
          values (new.project_id, new.number, new.epoch, 'TAKE');
        elsif new.state = 'DONE' and new.finished_at is distinct from old.finished_at then
          insert into public.chaos_audit (project_id, number, epoch, action)
          values (new.project_id, new.number, new.epoch, 'PUBLISH');
        end if;
        return new;
      end $$;
      create trigger chaos_note after insert or update on round
      for each row execute function chaos_note()
      """;

  private Replica replica(Plan plan, int index) throws IOException {
    List<Relay> relays = new ArrayList<>();
    StringBuilder hosts = new StringBuilder();
    for (int i = 0; i < SERVERS; i++) {
      int port = ports[i];
      Relay relay = new Relay(() -> port);
      relays.add(relay);
      hosts.append(i == 0 ? "" : ",").append("127.0.0.1:").append(relay.port());
    }
    links.add(relays);
    String name = "replica-" + (index + 1);
    Map<String, String> environment = new HashMap<>();
    environment.put(
        "TIEBREAK_DATABASE_URL",
        "jdbc:postgresql://%s/tiebreak?ApplicationName=%s%s"
            .formatted(hosts, name, plan.parameters()));
    environment.put("TIEBREAK_DATABASE_USERNAME", TestCluster.SERVICE);
    environment.put("TIEBREAK_DATABASE_OWNER_USERNAME", TestCluster.OWNER);
    environment.put("TIEBREAK_DATABASE_STARTTIMEOUT", "120s");
    environment.put("TIEBREAK_ROUND_HOLD", HOLD_SECONDS + "s");
    environment.put("TIEBREAK_ROUND_WARMUP", "false");
    environment.put("TIEBREAK_ROUND_CONCURRENCY", "2");
    environment.put("TIEBREAK_REPLAY_ENABLED", "false");
    environment.put("TIEBREAK_LINALG_BACKEND", "JAVA");
    environment.put("TIEBREAK_LINALG_THREADS", "1");
    return new Replica(
        launcher,
        name,
        freePort(),
        List.of(
            "-D" + TamperedService.MUTATION + "=" + plan.mutation(),
            "-D" + Mutation.SKEW + "=" + plan.skews().get(index),
            "-D" + Tampering.LINGER + "=" + plan.lingerMillis()),
        environment,
        directory);
  }

  /** Below those that the system gives to others. */
  private static int freePort() throws IOException {
    Random random = new Random();
    while (true) {
      int port = 12_000 + random.nextInt(18_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        continue;
      }
    }
  }

  private Path server(int index) {
    return directory.resolve("server-" + index);
  }

  Path journals() {
    return directory.resolve("journals");
  }

  Traffic traffic() {
    return traffic;
  }

  Balancer balancer() {
    return balancer;
  }

  Client client() {
    return new Client(direct ? replicas.getFirst().port() : balancer.port(), traffic);
  }

  List<Replica> replicas() {
    return replicas;
  }

  Replica replica(String name) {
    return replicas.stream().filter(r -> r.name().equals(name)).findFirst().orElse(replicas.get(0));
  }

  /** The way from a replica to the primary. */
  Relay link(int replica) {
    return links.get(replica).get(primary);
  }

  /** The ways from a replica to all servers. */
  List<Relay> links(int replica) {
    return links.get(replica);
  }

  TestCluster primary() {
    return servers[primary];
  }

  TestCluster standby() {
    return servers[1 - primary];
  }

  /** Does something to the servers while nobody else does. */
  <T> T withDatabase(Work<T> work) throws IOException, SQLException, InterruptedException {
    database.lock();
    try {
      return work.run();
    } finally {
      database.unlock();
    }
  }

  /** What may fail as everything here may. */
  interface Work<T> {
    T run() throws IOException, SQLException, InterruptedException;
  }

  /**
   * The standby becomes the primary; the former one is dead before, and its data are thrown away.
   */
  void failOver() throws IOException {
    primary().kill();
    standby().promote();
    primary = 1 - primary;
  }

  /** Makes a standby of the new primary in the place of the former. */
  void rebuildStandby() throws IOException, SQLException {
    int place = 1 - primary;
    servers[place] = TestCluster.standbyOf(primary(), server(place), ports[place]);
  }

  /** A session of the owner on the primary. */
  Connection connect() throws SQLException {
    return primary().connect();
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first column of the rows. */
  List<String> query(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        values.add(row.getString(1));
      }
    }
    return values;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    closed = true;
    for (Replica replica : replicas) {
      replica.close();
    }
    balancer.close();
    for (List<Relay> relays : links) {
      for (Relay relay : relays) {
        relay.close();
      }
    }
    for (TestCluster server : servers) {
      if (server != null) {
        server.close();
      }
    }
    FileSystemUtils.deleteRecursively(directory);
  }
}
