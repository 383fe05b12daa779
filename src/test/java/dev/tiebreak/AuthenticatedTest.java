package dev.tiebreak;

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

/** As {@link IntegrationTest}, with authentication on. All tests of this kind share one context. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"tiebreak.access.authentication=true", "tiebreak.access.failures-per-minute=0"})
@ContextConfiguration(initializers = TestDatabase.Initializer.class)
@Import(Http.class)
@ExtendWith(ScopeOfAll.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
public @interface AuthenticatedTest {}
