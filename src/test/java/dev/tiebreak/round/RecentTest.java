package dev.tiebreak.round;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentTest {

  private final Recent<String> recent = new Recent<>(10, String::length);

  @Test
  void keepsTheNewestOfEachProject() {
    recent.put(1, 7, "one");
    recent.put(2, 7, "two");
    recent.put(1, 8, "new");
    assertThat(recent.get(1, 8)).isEqualTo("new");
    assertThat(recent.get(2, 7)).isEqualTo("two");
    assertThat(recent.get(3, 7)).isNull();
  }

  @Test
  void givesNothingOfOtherEmbeddings() {
    recent.put(1, 7, "one");
    assertThat(recent.get(1, 6)).isNull();
    assertThat(recent.get(1, 8)).isNull();
  }

  @Test
  void dropsTheLeastRecentlyUsedBeyondTheBound() {
    recent.put(1, 0, "1234");
    recent.put(2, 0, "1234");
    recent.get(1, 0);
    recent.put(3, 0, "123");
    assertThat(recent.get(2, 0)).isNull();
    assertThat(recent.get(1, 0)).isEqualTo("1234");
    assertThat(recent.get(3, 0)).isEqualTo("123");
  }

  @Test
  void keepsTheNewestHoweverLarge() {
    recent.put(1, 0, "1234");
    recent.put(2, 0, "12345678901");
    assertThat(recent.get(1, 0)).isNull();
    assertThat(recent.get(2, 0)).isEqualTo("12345678901");
    recent.drop(2);
    assertThat(recent.get(2, 0)).isNull();
  }
}
