package dev.belfry.host.config;

/** A record with rules that its shape cannot say, such as rules over several keys. */
public interface Checked {

    /** Reports each violation. Called once, after the record was bound. */
    void check(Checks checks);
}
