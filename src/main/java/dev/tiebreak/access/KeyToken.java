package dev.tiebreak.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as its holder has it: {@code tb_}, an id that may be seen, and a secret of 256 random
 * bits.
 */
record KeyToken(String id, String secret) {

  /** What every key begins with. */
  static final String PREFIX = "tb_";

  private static final int ID_LENGTH = 16;
  private static final int SECRET_BYTES = 32;
  private static final String ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final Pattern TEXT =
      Pattern.compile(PREFIX + "([a-z0-9]{16})_([A-Za-z0-9_-]{43})");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new one. */
  static KeyToken random() {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(ID_CHARACTERS.charAt(RANDOM.nextInt(ID_CHARACTERS.length())));
    }
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return new KeyToken(
        id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** What {@link #text()} gave; empty for anything else. */
  static Optional<KeyToken> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(new KeyToken(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** What its holder keeps. */
  String text() {
    return PREFIX + id + "_" + secret;
  }

  /** What is stored of the secret, which has too many bits to be guessed from it. */
  byte[] secretSha256() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(US_ASCII));
    } catch (NoSuchAlgorithmException exception) {
      throw new IllegalStateException(exception);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return PREFIX + id;
  }
}
