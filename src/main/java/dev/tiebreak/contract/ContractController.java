package dev.tiebreak.contract;

import java.io.IOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ContractController {

  private final byte[] contract;

  ContractController() throws IOException {
    contract = new ClassPathResource("openapi/openapi.yaml").getContentAsByteArray();
  }

  @GetMapping(path = "/openapi.yaml", produces = MediaType.APPLICATION_YAML_VALUE)
  byte[] contract() {
    return contract;
  }
}
