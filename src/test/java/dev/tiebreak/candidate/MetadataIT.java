package dev.tiebreak.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import dev.tiebreak.project.Projects;
import java.util.Map;
import org.junit.jupiter.api.Test;

@IntegrationTest
class MetadataIT {

  private final Http http;
  private final Metadata metadata;
  private final Projects projects;

  MetadataIT(Http http, Metadata metadata, Projects projects) {
    this.http = http;
    this.metadata = metadata;
    this.projects = projects;
  }

  @Test
  void findsNumbersAndNothingElse() {
    RemoteProject project = RemoteProject.create(http, "metadata", Map.of("dimension", 1));
    http.post(
            project.path("/embeddings"),
            "application/x-ndjson",
            """
            {"promptId":"p","responseId":"a","embedding":[1],"metadata":{"gold":-1.5}}
            {"promptId":"p","responseId":"b","embedding":[1],"metadata":{"gold":"2"}}
            {"promptId":"p","responseId":"c","embedding":[1],"metadata":{"gold":null,"silver":3}}
            {"promptId":"p","responseId":"d","embedding":[1]}
            {"promptId":"p","responseId":"e","embedding":[1],"metadata":{"gold":9e309}}
            {"promptId":"p","responseId":"f","embedding":[1],"metadata":{"gold":7}}
            """)
        .expect(200);
    long id = projects.require(project.slug()).projectId();
    assertThat(metadata.numbers(id, "gold")).containsOnly(Map.entry(1L, -1.5), Map.entry(6L, 7.0));
    assertThat(metadata.hasNumber(id, "silver")).isTrue();
    assertThat(metadata.hasNumber(id, "bronze")).isFalse();
  }
}
