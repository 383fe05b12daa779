package dev.tiebreak.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The model as it leaves, in each form. */
@IntegrationTest
class ModelIT {

  private static final String NPY = "application/x-npy";

  private final Http http;

  ModelIT(Http http) {
    this.http = http;
  }

  @Test
  void isMissingBeforeTheFirstRoundAndZeroAfterOneWithoutVerdicts() {
    RemoteProject project = project(3);
    http.get(project.path("/model")).expect(404, "model-not-found");
    http.get(project.path("/model"), "Accept", NPY).expect(404, "model-not-found");
    http.get(project.path("/rewards")).expect(404, "model-not-found");
    http.postJson(project.path("/scores"), "{\"embeddings\":[]}").expect(404, "model-not-found");
    http.get("/projects/no-such-project/model").expect(404, "project-not-found");
    project.uploadRandom(2, 2, 1);
    project.refit();
    JsonNode model = project.model();
    assertThat(model.path("weights").valueStream().map(JsonNode::asDouble))
        .containsExactly(0.0, 0.0, 0.0);
    assertThat(model.path("verdicts").asInt()).isZero();
    assertThat(model.path("logLikelihood").asDouble()).isZero();
    assertThat(vector(http.get(project.path("/model"), "Accept", NPY).expect(200).body()))
        .containsExactly(0, 0, 0);
    assertThat(
            http.get(project.path("/rewards"))
                .json()
                .path("items")
                .valueStream()
                .map(r -> r.path("reward").asDouble()))
        .containsOnly(0.0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 9, 10, 100, 1000})
  void theNpyFileHoldsTheSameWeightsToTheBit(int dimension) {
    RemoteProject project = project(dimension);
    project.uploadRandom(2, 3, 2);
    project.judge(0, 1, "LEFT", "a");
    project.judge(2, 1, "RIGHT", "a");
    project.refit();
    double[] json =
        project.model().path("weights").valueStream().mapToDouble(JsonNode::asDouble).toArray();
    Answer npy = http.get(project.path("/model"), "Accept", NPY).expect(200);
    assertThat(npy.header("Content-Type")).isEqualTo(NPY);
    assertThat(vector(npy.body())).containsExactly(json);
    assertThat(json).hasSize(dimension).doesNotContain(0.0);
  }

  /** Reads what numpy.save writes, by NEP 1. */
  private static double[] vector(byte[] file) {
    assertThat(Arrays.copyOf(file, 8)).containsExactly(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0);
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int length = Short.toUnsignedInt(buffer.getShort(8));
    assertThat((10 + length) % 64).as("aligned").isZero();
    String header = new String(file, 10, length, US_ASCII);
    int n = (file.length - 10 - length) / Double.BYTES;
    assertThat(header)
        .matches("\\{'descr': '<f8', 'fortran_order': False, 'shape': \\(" + n + ",\\), } *\n");
    double[] values = new double[n];
    buffer
        .position(10 + length)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asDoubleBuffer()
        .get(values);
    return values;
  }

  @Test
  void isSentAgainOnlyWhereItHasChanged() {
    RemoteProject project = project(3);
    project.uploadRandom(2, 3, 3);
    project.refit();
    String tag = Objects.requireNonNull(http.get(project.path("/model")).header("ETag"));
    String npyTag =
        Objects.requireNonNull(http.get(project.path("/model"), "Accept", NPY).header("ETag"));
    assertThat(npyTag).isNotEqualTo(tag);
    for (String known :
        new String[] {tag, "W/" + tag, "\"other\", " + tag, "\"a\", W/" + tag + ", \"b\"", "*"}) {
      Answer unchanged = http.get(project.path("/model"), "If-None-Match", known);
      assertThat(unchanged.status()).as(known).isEqualTo(304);
      assertThat(unchanged.body()).isEmpty();
      assertThat(unchanged.header("ETag")).isEqualTo(tag);
      assertThat(unchanged.header("Cache-Control")).isEqualTo("no-cache");
    }
    for (String other : new String[] {"\"other\"", npyTag, "W/\"x\", \"y\""}) {
      http.get(project.path("/model"), "If-None-Match", other).expect(200);
    }
    assertThat(http.get(project.path("/model"), "Accept", NPY, "If-None-Match", npyTag).status())
        .isEqualTo(304);
    project.judge(0, 1, "LEFT", "a");
    project.refit();
    Answer changed = http.get(project.path("/model"), "If-None-Match", tag).expect(200);
    assertThat(changed.header("ETag")).isNotEqualTo(tag);
    assertThat(changed.header("Vary")).contains("Accept");
  }

  @Test
  void refusesFormsThatItDoesNotHave() {
    RemoteProject project = project(3);
    project.refit();
    http.get(project.path("/model"), "Accept", "application/vnd.safetensors")
        .expect(406, "not-acceptable");
    http.get(project.path("/model"), "Accept", "application/xml").expect(406, "not-acceptable");
    http.get(project.path("/model"), "Accept", "text/html, */*;q=0.1").expect(200);
  }

  private RemoteProject project(int dimension) {
    return RemoteProject.create(http, "model", Map.of("dimension", dimension, "batchSize", 4));
  }
}
