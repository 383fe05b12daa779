package dev.tiebreak;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test of something that reads what strangers send. It runs with the inputs that are kept in
 * {@code src/test/resources}; with {@code -Pfuzz} it makes up others, guided by what code they
 * reach. A class has only one, as one process fuzzes only one.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@FuzzTest(maxDuration = "2m")
public @interface Fuzz {}
