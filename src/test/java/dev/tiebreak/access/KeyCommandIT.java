package dev.tiebreak.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.FileSystemUtils;

/** The command as people run it: beside a running service with the embedded database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyCommandIT {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Path directory;
  private OtherService service;

  KeyCommandIT() throws IOException {
    directory = Files.createTempDirectory("tiebreak-keys");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @BeforeAll
  void start() {
    service =
        OtherService.start(
            "tiebreak.data-directory=" + directory, "tiebreak.access.authentication=true");
  }

  @AfterAll
  void end() throws IOException {
    service.close();
    FileSystemUtils.deleteRecursively(directory);
  }

  @BeforeEach
  void forgetWhatWasSaid() {
    out.reset();
    err.reset();
  }

  private int keys(String... arguments) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource("test", Map.of("tiebreak.data-directory", directory.toString())));
    return new KeyCommand(print(out), print(err), environment).execute(arguments);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, UTF_8);
  }

  private String create(String... arguments) {
    out.reset();
    String[] all = new String[arguments.length + 1];
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[0] = "create";
    assertThat(keys(all)).as(err.toString(UTF_8)).isZero();
    return out.toString(UTF_8).strip();
  }

  private String listed() {
    out.reset();
    assertThat(keys("list")).isZero();
    return out.toString(UTF_8);
  }

  private static String id(String key) {
    return key.replaceFirst("^tb_", "").replaceFirst("_.*", "");
  }

  private int projects(String key) throws IOException, InterruptedException {
    return new Browser(service.service())
        .send("GET", "/projects", "", Credentials.bearer(key))
        .statusCode();
  }

  @Test
  void theProgramPrintsNothingButTheKey() throws IOException, InterruptedException {
    Path printed = directory.resolve("printed");
    Path told = directory.resolve("told");
    ProcessBuilder program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tiebreak.TiebreakApplication",
                "keys",
                "create",
                "--name=first",
                "--roles=ADMIN")
            .redirectOutput(printed.toFile())
            .redirectError(told.toFile());
    program.environment().put("TIEBREAK_DATA_DIRECTORY", directory.toString());
    program.environment().remove("TIEBREAK_DATABASE_URL");
    assertThat(program.start().waitFor()).as(Files.readString(told)).isZero();
    List<String> lines = Files.readAllLines(printed);
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst()).matches("tb_[A-Za-z0-9_-]+");
    assertThat(Files.readString(told)).contains("Its id is " + id(lines.getFirst()));
    assertThat(projects(lines.getFirst())).isEqualTo(200);
  }

  @Test
  void aKeyOfTheCommandIsGoodAtTheServiceUntilTheCommandRevokesIt()
      throws IOException, InterruptedException {
    String key = create("--name", "ann", "--roles", "ANNOTATOR, OBSERVER");
    assertThat(projects(key)).isEqualTo(200);
    assertThat(listed())
        .contains(id(key) + "  ann  roles=[ANNOTATOR, OBSERVER] projects=all")
        .doesNotContain(key);
    assertThat(keys("revoke", id(key))).isZero();
    Instant patience = Instant.now().plus(Duration.ofSeconds(30));
    while (projects(key) != 401) {
      assertThat(Instant.now()).isBefore(patience);
      Thread.sleep(100);
    }
    assertThat(listed()).containsPattern(id(key) + ".* revoked=2");
  }

  @Test
  void aNameMayHaveTwoKeysSoThatOneReplacesTheOther() throws IOException, InterruptedException {
    String old = create("--name=bob", "--roles=ANNOTATOR");
    String replacing = create("--name=bob", "--roles=ANNOTATOR");
    assertThat(replacing).isNotEqualTo(old);
    assertThat(keys("revoke", id(old))).isZero();
    assertThat(projects(replacing)).isEqualTo(200);
  }

  @Test
  void whatTheCommandDidIsOnRecord() throws IOException, InterruptedException {
    String key = create("--name=auditor", "--roles=ADMIN", "--expires=2099-01-01T00:00:00Z");
    String record =
        new Browser(service.service())
            .send("GET", "/audit?limit=1000", "", Credentials.bearer(key))
            .body();
    assertThat(record).contains("KEY_CREATED", id(key)).doesNotContain(key);
    assertThat(listed()).contains("expires=2099-01-01T00:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "make",
        "create",
        "create --name=a",
        "create --roles=ADMIN",
        "create --name= --roles=ADMIN",
        "create --name",
        "create --name=a --name=b --roles=ADMIN",
        "create --name=a --roles=ROOT",
        "create --name=a --roles=ADMIN,",
        "create --name=a --roles=ADMIN --expires=soon",
        "create --name=a --roles=ADMIN --what",
        "create a",
        "list all",
        "revoke",
        "revoke a b"
      })
  void refusesWhatCannotBeMeant(String line) {
    String before = listed();
    out.reset();
    assertThat(keys(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
    assertThat(out.size()).isZero();
    assertThat(err.toString(UTF_8)).isNotBlank().doesNotContain("Exception");
    assertThat(listed()).isEqualTo(before);
  }

  @Test
  void saysWhichOptionIsWrong() {
    keys("create", "--name=a", "--roles=ADMIN", "--expires=soon");
    assertThat(err.toString(UTF_8)).startsWith("--expires");
  }

  @Test
  void namesAProjectThatIsNotThere() {
    assertThat(keys("create", "--name=a", "--roles=TRAINER", "--projects=nowhere")).isOne();
    assertThat(err.toString(UTF_8)).contains("names no project: nowhere");
    assertThat(out.size()).isZero();
  }

  @Test
  void saysThatThereIsNoSuchKey() {
    assertThat(keys("revoke", "nobodys")).isOne();
    assertThat(err.toString(UTF_8)).contains("There is no key of this id");
  }

  @Test
  void helpNamesEveryOption() {
    assertThat(keys("create", "--help")).isZero();
    for (KeyOption option : KeyOption.values()) {
      assertThat(out.toString(UTF_8)).contains(option.flag());
    }
  }
}
