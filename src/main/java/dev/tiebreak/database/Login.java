package dev.tiebreak.database;

/** Whom to log in to PostgreSQL as. */
record Login(String username, String password) {

  @Override
  public String toString() {
    return "Login[username=" + username + "]";
  }
}
