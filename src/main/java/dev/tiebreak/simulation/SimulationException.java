package dev.tiebreak.simulation;

/** Something that the person at the terminal can understand and act on; the message says what. */
class SimulationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SimulationException(String message) {
    super(message);
  }

  SimulationException(String message, Throwable cause) {
    super(message, cause);
  }
}
