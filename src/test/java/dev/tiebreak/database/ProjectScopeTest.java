package dev.tiebreak.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class ProjectScopeTest {

  @Test
  void aThreadWithoutAScopeSeesNothing() throws InterruptedException {
    assertThat(ProjectScope.current().setting()).isEmpty();
    String[] seen = new String[1];
    ProjectScope.all()
        .call(() -> {
          Thread thread = Thread.ofVirtual().start(() -> seen[0] = now());
          thread.join();
          return true;
        });

    assertThat(seen[0]).isEmpty();
  }

  @Test
  void aScopeWithinAScopeOnlyNarrowsIt() {
    ProjectScope granted = ProjectScope.of(List.of("b", "a"));

    assertThat(ProjectScope.all().call(() -> now())).isEqualTo("*");
    assertThat(granted.call(() -> now())).isEqualTo("a,b");
    assertThat(granted.call(() -> ProjectScope.all().call(() -> now()))).isEqualTo("a,b");
    assertThat(granted.call(() -> ProjectScope.of("b").call(() -> now()))).isEqualTo("b");
    assertThat(granted.call(() -> ProjectScope.of("c").call(() -> now()))).isEmpty();
    assertThat(ProjectScope.all().and(granted).setting()).isEqualTo("a,b");
    assertThat(granted.and(ProjectScope.all()).setting()).isEqualTo("a,b");
  }

  @Test
  void whatIsNoNameIsNoProject() {
    for (String text : List.of("*", "a,b", "", " a", "A", "a\n", "-a", "a'b", "a".repeat(64))) {
      assertThat(ProjectScope.of(text).setting()).as(text).isEmpty();
    }
    assertThat(ProjectScope.of("a".repeat(63)).setting()).hasSize(63);
  }

  @Test
  void aTransactionKeepsTheScopeItBeganWith() {
    ProjectScope.of("a")
        .run(() -> {
          TransactionSynchronizationManager.setActualTransactionActive(true);
          try {
            assertThat(ProjectScope.all().call(() -> now())).isEqualTo("a");
            assertThatIllegalStateException()
                .isThrownBy(() -> ProjectScope.of("b").run(() -> now()));
          } finally {
            TransactionSynchronizationManager.setActualTransactionActive(false);
          }
        });
  }

  private static String now() {
    return ProjectScope.current().setting();
  }
}
