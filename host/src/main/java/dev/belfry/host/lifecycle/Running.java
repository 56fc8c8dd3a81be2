package dev.belfry.host.lifecycle;

/** A generation that serves. */
record Running(Generation generation, Environment.Session session) {

    Candidate candidate() {
        return generation.candidate();
    }
}
