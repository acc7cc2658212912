package io.superneurons.jobs.cli;

import java.io.IOException;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * The user that Hadoop takes the process for. Containers may run with a user id that has no name,
 * at which Java's login fails; whoever it is then, is called by {@code user.name}.
 */
final class LoginUser {
  private LoginUser() {}

  /** Logs in, before anything else does. */
  static void logIn() {
    if (UserGroupInformation.isSecurityEnabled()) {
      return; // Kerberos says who it is, or fails with a message of its own
    }
    try {
      UserGroupInformation.getLoginUser();
    } catch (IOException e) {
      UserGroupInformation.setLoginUser(
          UserGroupInformation.createRemoteUser(System.getProperty("user.name")));
    }
  }
}
