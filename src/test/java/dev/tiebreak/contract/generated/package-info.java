/**
 * Requests of every kind, made from the written contract and sent to the running service: see
 * {@link dev.tiebreak.contract.generated.GeneratedRequestsIT}.
 */
@NullMarked
package dev.tiebreak.contract.generated;

import org.jspecify.annotations.NullMarked;
