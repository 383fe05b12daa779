/** The arguments of the commands in the jar: options by name, and what the help says of them. */
@NullMarked
package dev.tiebreak.command;

import org.jspecify.annotations.NullMarked;
