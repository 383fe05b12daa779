package dev.tiebreak.body;

import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactoryBuilder;

/** JSON is in UTF-8: a parser would else guess UTF-16 and UTF-32 by the first bytes. */
@Component
class PlainUtf8 implements JsonFactoryBuilderCustomizer {

  @Override
  public void customize(JsonFactoryBuilder factory) {
    factory.disable(TokenStreamFactory.Feature.CHARSET_DETECTION);
  }
}
