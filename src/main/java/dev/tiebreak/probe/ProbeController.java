package dev.tiebreak.probe;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Probes: readiness follows the database, liveness never does. */
@RestController
class ProbeController {

  private static final String RETRY_SECONDS = "2";

  private final ApplicationAvailability availability;
  private final DurableDatabase database;

  ProbeController(ApplicationAvailability availability, DurableDatabase database) {
    this.availability = availability;
    this.database = database;
  }

  /**
   * What a probe found.
   *
   * @param status UP or DOWN
   * @param checks each check, with what is wrong where something is
   */
  record Probe(String status, Map<String, String> checks) {}

  private static final String UP = "UP";
  private static final String DOWN = "DOWN";

  @GetMapping(path = "/livez", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Probe> livez() {
    boolean lives = availability.getLivenessState() == LivenessState.CORRECT;
    return answer(Map.of("process", lives ? UP : DOWN));
  }

  @GetMapping(path = "/readyz", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Probe> readyz() {
    boolean accepts = availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
    Map<String, String> checks = new LinkedHashMap<>();
    checks.put("process", accepts ? UP : "Starting or stopping");
    checks.put("database", database.check().orElse(UP));
    return answer(checks);
  }

  private static ResponseEntity<Probe> answer(Map<String, String> checks) {
    boolean up = checks.values().stream().allMatch(UP::equals);
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
            .cacheControl(CacheControl.noStore());
    if (!up) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }
    return answer.body(new Probe(up ? UP : DOWN, checks));
  }
}
