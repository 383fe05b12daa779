package dev.tiebreak;

import dev.tiebreak.database.ProjectScope;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A planted mistake: while a test wants it, the service's statements in the scope of one project
 * forget their condition on the project.
 */
public final class WrongWhere implements BeanPostProcessor {

  private static final Pattern CONDITION =
      Pattern.compile("(\\w+\\.)?project_id\\s*=\\s*:project\\b");

  private final AtomicInteger planted = new AtomicInteger();
  private volatile @Nullable String project;

  /** Does something while statements in this project's scope are wrong. */
  public <T> T during(String slug, Supplier<T> work) {
    project = slug;
    try {
      return work.get();
    } finally {
      project = null;
    }
  }

  /** How many statements were wrong so far. */
  public int planted() {
    return planted.get();
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof JdbcClient client ? wrong(client) : bean;
  }

  private JdbcClient wrong(JdbcClient client) {
    return (JdbcClient)
        Proxy.newProxyInstance(
            JdbcClient.class.getClassLoader(),
            new Class<?>[] {JdbcClient.class},
            (proxy, method, arguments) -> {
              try {
                return method.getName().equals("sql")
                    ? client.sql(forgetful((String) arguments[0]))
                    : method.invoke(client, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getTargetException();
              }
            });
  }

  private String forgetful(String sql) {
    if (!ProjectScope.current().toString().equals(project)) {
      return sql;
    }
    String wrong = CONDITION.matcher(sql).replaceAll("(:project::bigint is not null)");
    planted.addAndGet(wrong.equals(sql) ? 0 : 1);
    return wrong;
  }
}
