package dev.tiebreak.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelmChartTest {

  private static final Path LEAST = example("existing-secret");
  private static final Path FULL = example("full");
  private static final Path PLAIN = example("plain");

  private static Path example(String name) {
    return Packaging.CHART.resolve("ci").resolve(name + "-values.yaml");
  }

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Packaging.CHART.resolve("ci"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void lintsCleanly() {
    LintResult result = new Helm(Packaging.CHART).lint().strict().call();
    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    // of those about the chart only one is a matter of taste
    assertThat(result.getMessages())
        .allMatch(message -> !message.startsWith("[") || message.contains("icon is recommended"));
  }

  @Test
  void namesTheServiceByTheVersionOfTheBuild() throws IOException {
    assertThat(Packaging.text(Packaging.yaml(Packaging.CHART.resolve("Chart.yaml")), "appVersion"))
        .isEqualTo(Packaging.version());
    assertThat(container(LEAST).getImage()).isEqualTo("tiebreak:" + Packaging.version());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void runsWithoutAnyPrivilege(Path values) {
    PodSpec pod = pod(values);
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getEnableServiceLinks()).isFalse();
    assertThat(pod.getHostNetwork()).isNull();
    assertThat(pod.getSecurityContext())
        .satisfies(context -> {
          assertThat(context.getRunAsNonRoot()).isTrue();
          assertThat(context.getRunAsUser()).isEqualTo(Packaging.USER);
          assertThat(context.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        });
    assertThat(container(values).getSecurityContext())
        .satisfies(context -> {
          assertThat(context.getAllowPrivilegeEscalation()).isFalse();
          assertThat(context.getPrivileged()).isFalse();
          assertThat(context.getReadOnlyRootFilesystem()).isTrue();
          assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
          assertThat(context.getCapabilities().getAdd()).isEmpty();
        });
    assertThat(container(values).getVolumeMounts())
        .extracting("name", "mountPath")
        .containsExactly(tuple("tmp", "/tmp"));
    assertThat(pod.getVolumes())
        .singleElement()
        .satisfies(v -> assertThat(v.getEmptyDir()).isNotNull());
    assertThat(
            Manifests.render(values).only(ServiceAccount.class).getAutomountServiceAccountToken())
        .isFalse();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void probesTheServicesOwnPort(Path values) {
    Container container = container(values);
    assertThat(container.getPorts())
        .singleElement()
        .satisfies(port -> {
          assertThat(port.getName()).isEqualTo("http");
          assertThat(port.getContainerPort()).isEqualTo(8080);
        });
    assertThat(plain(container, "SERVER_PORT")).isEqualTo("8080");
    assertProbe(container.getStartupProbe(), "/livez");
    assertProbe(container.getLivenessProbe(), "/livez");
    assertProbe(container.getReadinessProbe(), "/readyz");
  }

  private static void assertProbe(Probe probe, String path) {
    assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
    assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void killsOnlyAfterPauseAndShutdown(Path values) {
    Container container = container(values);
    long pause = container.getLifecycle().getPreStop().getSleep().getSeconds();
    String phase = plain(container, "SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE");
    assertThat(phase).matches("\\d+s");
    long phaseSeconds = Long.parseLong(phase.replace("s", ""));
    assertThat(pod(values).getTerminationGracePeriodSeconds())
        .isGreaterThan(pause + 2 * phaseSeconds);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void neverRunsTwoVersionsAtOnce(Path values) {
    Deployment deployment = Manifests.render(values).only(Deployment.class);
    assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
  }

  @Test
  void waitsForTheStartAsLongAsAsked() {
    Probe probe = container(FULL).getStartupProbe();
    assertThat(probe.getPeriodSeconds() * probe.getFailureThreshold()).isEqualTo(605);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void selectsItsPodsByTheSameLabelsEverywhere(Path values) {
    Manifests manifests = Manifests.render(values);
    Deployment deployment = manifests.only(Deployment.class);
    var labels = deployment.getSpec().getSelector().getMatchLabels();
    assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(labels);
    assertThat(manifests.only(Service.class).getSpec().getSelector()).isEqualTo(labels);
    assertThat(manifests.all(PodDisruptionBudget.class))
        .allSatisfy(
            it -> assertThat(it.getSpec().getSelector().getMatchLabels()).isEqualTo(labels));
    assertThat(manifests.all(NetworkPolicy.class))
        .allSatisfy(
            it -> assertThat(it.getSpec().getPodSelector().getMatchLabels()).isEqualTo(labels));
    assertThat(deployment.getSpec().getTemplate().getSpec().getServiceAccountName())
        .isEqualTo(manifests.only(ServiceAccount.class).getMetadata().getName());
  }

  @Test
  void leavesNothingToOthersByDefault() {
    Manifests manifests = Manifests.render(LEAST);
    assertThat(manifests.only(Service.class).getSpec().getType()).isEqualTo("ClusterIP");
    assertThat(manifests.only(PodDisruptionBudget.class).getSpec().getMaxUnavailable().getIntVal())
        .isEqualTo(1);
    var policy = manifests.only(NetworkPolicy.class).getSpec();
    assertThat(policy.getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(policy.getIngress())
        .singleElement()
        .satisfies(rule -> {
          // this namespace's pods
          assertThat(rule.getFrom())
              .singleElement()
              .satisfies(peer -> {
                assertThat(peer.getPodSelector()).isNotNull();
                assertThat(peer.getNamespaceSelector()).isNull();
                assertThat(peer.getIpBlock()).isNull();
              });
          assertThat(rule.getPorts())
              .singleElement()
              .satisfies(port -> assertThat(port.getPort().getStrVal()).isEqualTo("http"));
        });
    assertThat(policy.getEgress())
        .flatExtracting(rule -> rule.getPorts())
        .extracting(port -> port.getPort().getIntVal())
        .containsExactly(53, 53, 5432);
  }

  @Test
  void takesWhatIsSet() {
    Manifests manifests = Manifests.render(FULL);
    Deployment deployment = manifests.only(Deployment.class);
    assertThat(deployment.getMetadata().getName()).isEqualTo("release-preferences");
    assertThat(deployment.getSpec().getReplicas()).isEqualTo(3);
    Container container = container(FULL);
    assertThat(container.getImage()).isEqualTo("registry.example.com/tiebreak:0.1.0");
    assertThat(plain(container, "TIEBREAK_ROUND_CONCURRENCY")).isEqualTo("2");
    assertThat(container.getResources().getLimits()).hasToString("{memory=8Gi}");
    assertThat(manifests.only(Service.class).getSpec().getPorts().getFirst().getPort())
        .isEqualTo(8081);
    var policy = manifests.only(NetworkPolicy.class).getSpec();
    assertThat(
            policy
                .getIngress()
                .getFirst()
                .getFrom()
                .getFirst()
                .getNamespaceSelector()
                .getMatchLabels())
        .containsValue("labeling");
    assertThat(
            policy.getEgress().getLast().getTo().getFirst().getNamespaceSelector().getMatchLabels())
        .containsValue("databases");
    assertThat(policy.getEgress().getLast().getPorts().getFirst().getPort().getIntVal())
        .isEqualTo(5433);
  }

  @Test
  void leavesOutWhatIsOff() {
    assertThat(Manifests.render(PLAIN).objects())
        .extracting(HasMetadata::getKind)
        .containsExactlyInAnyOrder("Deployment", "Service", "ServiceAccount", "Secret");
  }

  @Test
  void readsTheDatabaseFromTheSecretThatIsThere() {
    assertThat(Manifests.render(LEAST).all(Secret.class)).isEmpty();
    assertSecret(LEAST, "tiebreak-database");
  }

  @Test
  void readsTheDatabaseFromASecretOfItsOwn() {
    Secret secret = Manifests.render(FULL).only(Secret.class);
    assertThat(secret.getStringData())
        .containsEntry("url", "jdbc:postgresql://postgres.databases:5433/tiebreak?sslmode=require")
        .containsEntry("username", "tiebreak")
        .containsEntry("password", "a \"quoted\": password")
        .containsEntry("owner-username", "tiebreak_owner")
        .containsEntry("owner-password", "another")
        .hasSize(5);
    assertSecret(FULL, secret.getMetadata().getName());
    assertThat(Manifests.render(PLAIN).only(Secret.class).getStringData())
        .containsOnlyKeys("url", "username", "password");
  }

  private static void assertSecret(Path values, String name) {
    assertThat(key(values, "TIEBREAK_DATABASE_URL", name).getKey()).isEqualTo("url");
    assertThat(key(values, "TIEBREAK_DATABASE_USERNAME", name).getKey()).isEqualTo("username");
    assertThat(key(values, "TIEBREAK_DATABASE_PASSWORD", name).getKey()).isEqualTo("password");
    for (String part : List.of("USERNAME", "PASSWORD")) {
      SecretKeySelector owner = key(values, "TIEBREAK_DATABASE_OWNER_" + part, name);
      assertThat(owner.getKey()).isEqualTo("owner-" + part.toLowerCase(Locale.ROOT));
      assertThat(owner.getOptional()).isTrue();
    }
  }

  @Test
  void replacesPodsWhenTheDatabaseChanges() {
    assertThat(checksum("database.password=one")).isNotEqualTo(checksum("database.password=two"));
    assertThat(checksum("replicaCount=2")).isEqualTo(checksum("replicaCount=3"));
  }

  private static String checksum(String set) {
    return Objects.requireNonNull(
        Manifests.render(PLAIN, set)
            .only(Deployment.class)
            .getSpec()
            .getTemplate()
            .getMetadata()
            .getAnnotations()
            .get("checksum/database"));
  }

  @Test
  void refusesToBeOpenUnasked() {
    assertThatThrownBy(() -> Manifests.render("database.existingSecret=there"))
        .hasMessageContaining("authentication=true")
        .hasMessageContaining("allowUnauthenticated=true");
  }

  @Test
  void needsNoPermissionWithAuthentication() {
    Container container =
        Manifests.render("database.existingSecret=there", "authentication=true")
            .only(Deployment.class)
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst();
    assertThat(plain(container, "TIEBREAK_AUTHENTICATION")).isEqualTo("true");
    assertThat(plain(container, "TIEBREAK_ALLOW_UNAUTHENTICATED")).isEqualTo("false");
  }

  @Test
  void refusesToStartWithoutADatabase() {
    assertThatThrownBy(() -> Manifests.render("allowUnauthenticated=true"))
        .hasMessageContaining("The database is missing");
    assertThatThrownBy(() ->
            Manifests.render(
                "allowUnauthenticated=true",
                "database.url=jdbc:postgresql://postgres/tiebreak",
                "database.username=tiebreak"))
        .hasMessageContaining("The database is missing");
    assertThatThrownBy(() -> Manifests.render(PLAIN, "database.existingSecret=there"))
        .hasMessageContaining("not both");
    assertThatThrownBy(() -> Manifests.render(PLAIN, "database.owner.username=owner"))
        .hasMessageContaining("database.owner.password");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replicaCount=-1",
        "replicaCount=many",
        "replicas=2",
        "image.tag=latest",
        "image.tag=not a tag",
        "image.pullPolicy=Sometimes",
        "allowUnauthenticated=perhaps",
        "database.url=postgres://postgres/tiebreak",
        "database.pasword=misspelled",
        "service.port=0",
        "service.type=ExternalName",
        "shutdown.phaseSeconds=0",
        "networkPolicy.databasePort=65536",
        "startupSeconds=1"
      })
  void refusesValuesThatTheSchemaForbids(String set) {
    String key = set.substring(0, set.indexOf('='));
    assertThatThrownBy(() -> Manifests.render(PLAIN, set))
        .hasMessageContaining("schema")
        .hasMessageContaining(key.substring(key.lastIndexOf('.') + 1));
  }

  private static PodSpec pod(Path values) {
    return Manifests.render(values).only(Deployment.class).getSpec().getTemplate().getSpec();
  }

  private static Container container(Path values) {
    List<Container> containers = pod(values).getContainers();
    assertThat(containers).hasSize(1);
    return containers.getFirst();
  }

  private static String plain(Container container, String variable) {
    return variable(container, variable).getValue();
  }

  private static SecretKeySelector key(Path values, String variable, String secret) {
    SecretKeySelector key = variable(container(values), variable).getValueFrom().getSecretKeyRef();
    assertThat(key.getName()).isEqualTo(secret);
    return key;
  }

  private static EnvVar variable(Container container, String name) {
    List<EnvVar> found =
        container.getEnv().stream().filter(variable -> variable.getName().equals(name)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.getFirst();
  }
}
