package dev.tiebreak.access;

/** The service would listen where strangers reach it. */
final class UnprotectedAddressException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String address;

  UnprotectedAddressException(String address) {
    super("Listening on " + address + " without authentication");
    this.address = address;
  }

  String address() {
    return address;
  }
}
