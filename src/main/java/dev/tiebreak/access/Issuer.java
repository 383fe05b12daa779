package dev.tiebreak.access;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/**
 * What asks the issuer of tokens. It is asked when the first token or person comes, so that the
 * service starts without it, and everywhere for {@link #PATIENCE} at most, as somebody waits
 * meanwhile; Spring Security's own limits are half a second here and none there.
 */
final class Issuer {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final String location;
  private final JdkClientHttpRequestFactory requests;

  Issuer(String location) {
    this.location = location;
    this.requests =
        new JdkClientHttpRequestFactory(HttpClient.newBuilder().connectTimeout(PATIENCE).build());
    requests.setReadTimeout(PATIENCE);
  }

  /** What it tells of itself (OpenID Connect Discovery, 4). */
  Map<String, Object> metadata() {
    String path = location.replaceFirst("/$", "") + "/.well-known/openid-configuration";
    try {
      Map<String, Object> metadata =
          rest()
              .exchange(
                  path,
                  HttpMethod.GET,
                  null,
                  new ParameterizedTypeReference<Map<String, Object>>() {})
              .getBody();
      if (metadata != null && location.equals(metadata.get("issuer"))) {
        return metadata;
      }
    } catch (RestClientException unreachable) {
      throw new AuthenticationServiceException("the issuer does not answer", unreachable);
    }
    throw new AuthenticationServiceException("the issuer calls itself another");
  }

  /** Checks what it has signed. */
  JwtDecoder decoder(OAuth2TokenValidator<Jwt> validator) {
    return new SupplierJwtDecoder(() -> {
      NimbusJwtDecoder decoder =
          NimbusJwtDecoder.withIssuerLocation(location).restOperations(rest()).build();
      decoder.setJwtValidator(validator);
      return decoder;
    });
  }

  /** Has it give tokens for the code that a person came back with. */
  OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> codes() {
    RestClientAuthorizationCodeTokenResponseClient codes =
        new RestClientAuthorizationCodeTokenResponseClient();
    codes.setRestClient(
        RestClient.builder()
            .requestFactory(requests)
            .configureMessageConverters(converters ->
                converters
                    .addCustomConverter(new FormHttpMessageConverter())
                    .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    return codes;
  }

  /** Has it tell more of a person. */
  OidcUserService users() {
    RestTemplate rest = rest();
    rest.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
    DefaultOAuth2UserService asked = new DefaultOAuth2UserService();
    asked.setRestOperations(rest);
    OidcUserService users = new OidcUserService();
    users.setOauth2UserService(asked);
    return users;
  }

  private RestTemplate rest() {
    return new RestTemplate(requests);
  }
}
