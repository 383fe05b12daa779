package dev.tiebreak.chaos;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
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

  private final Mutation mutation;

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
    String rewritten = mutation.rewrite(sql);
    if (!rewritten.equals(sql)) {
      System.out.println("mutated: " + rewritten.replaceAll("\\s+", " "));
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
    private volatile CountDownLatch committed = new CountDownLatch(0);

    private TamperedConnection(Connection connection) {
      this.connection = connection;
    }

    Object invoke(Method method, Object[] arguments) throws Throwable {
      committed.await();
      switch (method.getName()) {
        case "prepareStatement" -> {
          String sql = (String) arguments[0];
          arguments[0] = rewrite(sql);
          PreparedStatement statement = (PreparedStatement) call(connection, method, arguments);
          return sql.startsWith("update round set stage") ? lingering(statement) : statement;
        }
        case "commit" -> {
          if (mutation == Mutation.ACKNOWLEDGES_FIRST) {
            commitLater();
            return null;
          }
        }
        default -> {}
      }
      return call(connection, method, arguments);
    }

    private void commitLater() {
      CountDownLatch latch = new CountDownLatch(1);
      committed = latch;
      Thread.startVirtualThread(() -> {
        try {
          Thread.sleep(LATE_COMMIT_MILLIS);
          connection.commit();
        } catch (SQLException | InterruptedException failure) {
          System.out.println("late commit failed: " + failure);
        } finally {
          latch.countDown();
        }
      });
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
