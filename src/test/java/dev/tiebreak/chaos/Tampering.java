package dev.tiebreak.chaos;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Stands between the pools and the driver: rewrites statements as a {@link Mutation} says, and
 * makes rounds linger before they publish, so that faults find them there.
 */
final class Tampering implements BeanPostProcessor {

  /** The system property with the milliseconds that a round lingers. */
  static final String LINGER = "chaos.linger";

  private static final long LATE_COMMIT_MILLIS = 400;

  /** What a line of the log begins with where a rule rewrote a statement, the first time. */
  static final String MUTATED = "mutated by rule ";

  private final Mutation mutation;
  private final Set<Integer> told = ConcurrentHashMap.newKeySet();

  Tampering(Mutation mutation) {
    this.mutation = mutation;
  }

  @Override
  public Object postProcessBeforeInitialization(Object bean, String name) {
    if (bean instanceof HikariDataSource pool) {
      pool.setDataSource(new Tampered(pool.getDataSource()));
      pool.setConnectionInitSql(rewrite(pool.getConnectionInitSql()));
    }
    return bean;
  }

  private String rewrite(String sql) {
    String rewritten = sql;
    for (int i = 0; i < mutation.rules().size(); i++) {
      String before = rewritten;
      rewritten = mutation.rules().get(i).apply(before);
      if (!rewritten.equals(before) && told.add(i)) {
        System.out.println(MUTATED + i + ": " + rewritten.replaceAll("\\s+", " "));
      }
    }
    return rewritten;
  }

  private final class Tampered extends DelegatingDataSource {

    private Tampered(DataSource source) {
      super(source);
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      return proxy(Connection.class, new TamperedConnection(connection)::invoke);
    }
  }

  private interface Handler {
    Object handle(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Handler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> handler.handle(method, arguments)));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  private final class TamperedConnection {

    private final Connection connection;
    // a late commit, and what was asked of the connection since
    private CompletableFuture<Void> late = CompletableFuture.completedFuture(null);

    private TamperedConnection(Connection connection) {
      this.connection = connection;
    }

    synchronized Object invoke(Method method, Object[] arguments) throws Throwable {
      if (!late.isDone() && method.getReturnType() == void.class) {
        later(method, arguments, 0);
        return null;
      }
      if (method.getName().equals("getWarnings")) {
        // asked after each commit: must not wait for a late one
        return null;
      }
      late.join();
      switch (method.getName()) {
        case "prepareStatement" -> {
          String sql = (String) arguments[0];
          arguments[0] = rewrite(sql);
          PreparedStatement statement = (PreparedStatement) call(connection, method, arguments);
          return sql.startsWith("update round set stage") ? lingering(statement) : statement;
        }
        case "commit" -> {
          if (mutation == Mutation.ACKNOWLEDGES_FIRST) {
            later(method, arguments, LATE_COMMIT_MILLIS);
            return null;
          }
        }
        default -> {}
      }
      return call(connection, method, arguments);
    }

    private void later(Method method, Object[] arguments, long millis) {
      late =
          late.thenRunAsync(
              () -> {
                try {
                  Thread.sleep(millis);
                  call(connection, method, arguments);
                } catch (Throwable failure) {
                  System.out.println("late " + method.getName() + " failed: " + failure);
                }
              },
              Thread::startVirtualThread);
    }
  }

  private static PreparedStatement lingering(PreparedStatement statement) {
    boolean[] publishes = new boolean[1];
    return proxy(
        PreparedStatement.class,
        (method, arguments) -> {
          publishes[0] |=
              arguments != null && arguments.length > 1 && "PUBLISH".equals(arguments[1]);
          Object result = call(statement, method, arguments);
          if (publishes[0] && method.getName().startsWith("execute")) {
            Thread.sleep(Long.getLong(LINGER, 0));
          }
          return result;
        });
  }
}
