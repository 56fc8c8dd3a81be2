package org.example.guide.bells;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Requests that wait for the next chime. */
final class WaitingRequests {

    private final List<CompletableFuture<String>> waiting = new CopyOnWriteArrayList<>();

    CompletableFuture<String> next() {
        CompletableFuture<String> chime = new CompletableFuture<>();
        waiting.add(chime);
        return chime;
    }

    void answerAllWhoWait() {
        waiting.forEach(chime -> chime.complete("nothing rings"));
    }
}
