package dev.tiebreak;

import dev.tiebreak.contract.generated.PlantedDefects;
import dev.tiebreak.database.TestDatabase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestConstructor;

/**
 * A test of the running service over HTTP, on a real PostgreSQL.
 *
 * <p>All integration tests share one context, as it costs tens of seconds: they add no properties,
 * profiles or replaced beans, and each works in projects of its own. A test's constructor takes the
 * {@link Http} that it talks with, which holds every answer against the contract. The statements of
 * its own thread see all projects, unless it narrows their scope.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = TestDatabase.Initializer.class)
@Import({Http.class, PlantedDefects.class, WrongWhere.class})
@ExtendWith(ScopeOfAll.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
public @interface IntegrationTest {}
