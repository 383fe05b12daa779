package dev.tiebreak.chaos;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a nemesis does. Each heals what it broke, but for a killed replica, which is started anew
 * after it.
 */
enum Fault {
  REPLICA_KILLED(true, 2),
  REPLICA_FROZEN(true, 0),
  LEADER_KILLED(true, 2),
  LEADER_FROZEN(true, 0),
  DATABASE_KILLED(true, 5),
  DATABASE_RESTARTED(true, 5),
  DATABASE_FROZEN(true, 0),
  FAILED_OVER(true, 10),
  LINK_SILENT(true, 15),
  SESSION_ENDED(false, 5),
  SESSIONS_ENDED(false, 5),
  SESSION_CRASHED(false, 5),
  LINK_RESET(false, 0),
  LINK_SLOW(false, 0),
  TABLE_LOCKED(false, 0),
  ROWS_LOCKED(false, 0),
  CONNECTIONS_EXHAUSTED(false, 0),
  STANDBY_FROZEN(false, 0),
  UPLOAD_IN_ROUND(false, 0);

  private static final String OF_THE_SERVICE =
      " from pg_stat_activity where application_name like 'replica-%'";

  private final boolean heavy;
  private final int goalSeconds;

  Fault(boolean heavy, int goalSeconds) {
    this.heavy = heavy;
    this.goalSeconds = goalSeconds;
  }

  /** Whether it takes a process or a server away. */
  boolean isHeavy() {
    return heavy;
  }

  /** Seconds until the rate is to be back; 0: no goal. */
  int goalSeconds() {
    return goalSeconds;
  }

  /** How it came out; the recovery is timed from then. */
  record Done(long since, String detail) {}

  /**
   * Does it.
   *
   * @param replica whom it befalls where it befalls a replica
   * @param millis how long it lasts
   */
  Done happen(World world, Rounds rounds, int replica, long millis)
      throws IOException, SQLException, InterruptedException {
    long begin = world.traffic().now();
    Replica victim = world.replicas().get(replica);
    return switch (this) {
      case REPLICA_KILLED -> {
        victim.kill();
        yield new Done(begin, victim.name());
      }
      case REPLICA_FROZEN -> {
        frozen(victim, millis);
        yield new Done(begin, victim.name());
      }
      case LEADER_KILLED -> rounds.killLeader(begin);
      case LEADER_FROZEN -> rounds.freezeLeader(begin, millis);
      case DATABASE_KILLED, DATABASE_RESTARTED ->
          world.withDatabase(() -> {
            if (this == DATABASE_KILLED) {
              world.primary().kill();
            } else {
              world.primary().stop();
            }
            world.primary().start();
            return new Done(world.traffic().now(), "");
          });
      case DATABASE_FROZEN ->
          world.withDatabase(() -> {
            world.primary().freeze();
            Thread.sleep(millis);
            world.primary().thaw();
            return new Done(world.traffic().now(), "");
          });
      case FAILED_OVER ->
          world.withDatabase(() -> {
            world.failOver();
            Done done = new Done(world.traffic().now(), "");
            world.rebuildStandby();
            return done;
          });
      case LINK_SILENT -> {
        world.links(replica).forEach(link -> link.silence(true));
        Thread.sleep(millis);
        world.links(replica).forEach(link -> link.silence(false));
        yield new Done(begin, victim.name());
      }
      case SESSION_ENDED ->
          sql(world, "select pg_terminate_backend(pid)" + OF_THE_SERVICE + " limit 1");
      case SESSIONS_ENDED -> sql(world, "select pg_terminate_backend(pid)" + OF_THE_SERVICE);
      case SESSION_CRASHED -> crash(world);
      case LINK_RESET -> {
        world.links(replica).forEach(Relay::reset);
        yield new Done(begin, victim.name());
      }
      case LINK_SLOW -> {
        world.links(replica).forEach(link -> link.delay(60));
        Thread.sleep(millis);
        world.links(replica).forEach(link -> link.delay(0));
        yield new Done(begin, victim.name());
      }
      case TABLE_LOCKED -> locked(world, "lock table slot in access exclusive mode", millis);
      case ROWS_LOCKED -> locked(world, "select from slot for update", millis);
      case CONNECTIONS_EXHAUSTED -> exhausted(world, millis);
      case STANDBY_FROZEN ->
          world.withDatabase(() -> {
            world.standby().freeze();
            Thread.sleep(millis);
            world.standby().thaw();
            return new Done(world.traffic().now(), "");
          });
      case UPLOAD_IN_ROUND -> rounds.upload(begin);
    };
  }

  static void frozen(Replica victim, long millis) throws IOException, InterruptedException {
    victim.freeze();
    Thread.sleep(millis);
    victim.thaw();
  }

  private static Done sql(World world, String sql)
      throws IOException, SQLException, InterruptedException {
    return world.withDatabase(() -> {
      int sessions = world.query(sql).size();
      return new Done(world.traffic().now(), sessions + " sessions");
    });
  }

  /** Killed by the system: the server ends all sessions and recovers. */
  private static Done crash(World world) throws IOException, SQLException, InterruptedException {
    return world.withDatabase(() -> {
      List<String> sessions = world.query("select pid" + OF_THE_SERVICE + " limit 1");
      for (String session : sessions) {
        dev.tiebreak.database.TestCluster.signal("KILL", Long.parseLong(session));
      }
      return new Done(world.traffic().now(), sessions.toString());
    });
  }

  private static Done locked(World world, String sql, long millis)
      throws IOException, SQLException, InterruptedException {
    return world.withDatabase(() -> {
      try (Connection connection = world.connect();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("set lock_timeout = '5s'");
        statement.execute(sql);
        Thread.sleep(millis);
        connection.rollback();
      }
      return new Done(world.traffic().now(), "");
    });
  }

  /** Takes every connection that an ordinary user may have. */
  private static Done exhausted(World world, long millis)
      throws IOException, SQLException, InterruptedException {
    return world.withDatabase(() -> {
      List<Connection> taken = new ArrayList<>();
      try {
        while (taken.size() < 100) {
          taken.add(
              DriverManager.getConnection(
                  "jdbc:postgresql://127.0.0.1:" + world.primary().port() + "/tiebreak",
                  dev.tiebreak.database.TestCluster.SERVICE,
                  ""));
        }
      } catch (SQLException full) {
        // as wanted; those that the service has are cut, and it gets no others
        world.query("select pg_terminate_backend(pid)" + OF_THE_SERVICE);
      }
      Thread.sleep(millis);
      for (Connection connection : taken) {
        connection.close();
      }
      return new Done(world.traffic().now(), taken.size() + " taken");
    });
  }
}
