package dev.belfry.host.lifecycle;

/**
 * The exported packages of a plugin, as its dependents see them. Contracts are equal when their content is the same,
 * byte for byte: dependents that are linked to one also fit the other.
 */
public interface Contract {

    /** Whether {@code type} is a class of these packages, as this contract defines it. */
    boolean defines(Class<?> type);
}
