package dev.belfry.notifications.storage.contract;

import static dev.belfry.notifications.storage.contract.Samples.NOON;
import static dev.belfry.notifications.storage.contract.Samples.id;
import static dev.belfry.notifications.storage.contract.Samples.titled;
import static dev.belfry.notifications.storage.contract.Samples.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.IdempotencyKey;
import dev.belfry.notifications.storage.SaveOutcome;
import dev.belfry.notifications.storage.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests with a key are stored once. */
interface IdempotencyContract extends StoreFixture {

    private SaveOutcome claimed(int place, String caller, String key, String fingerprint, Instant made) {
        AddressedNotification addressed =
                new AddressedNotification(titled(id(NOON.plusMillis(place), 0), "n" + place), users("ada"));
        return store().save(List.of(addressed), new IdempotencyKey(caller, key, fingerprint, "answer " + place, made));
    }

    @Test
    default void aKeyIdentifiesOneRequestOfItsCaller() {
        assertThat(claimed(1, "eve", "k", "f", NOON)).isEqualTo(new SaveOutcome.Stored());
        assertThat(claimed(2, "eve", "k", "f", NOON)).isEqualTo(new SaveOutcome.Repeated("answer 1"));
        assertThat(claimed(3, "eve", "k", "g", NOON)).isEqualTo(new SaveOutcome.KeyReused());
        assertThat(claimed(4, "bob", "k", "g", NOON)).isEqualTo(new SaveOutcome.Stored());
        assertThat(claimed(5, "eve", "K", "f", NOON)).isEqualTo(new SaveOutcome.Stored());
        assertCounts(ADA, Scope.ALL, 3, 0);
    }

    @Test
    default void aKeyExpiresAfterADay() {
        claimed(1, "eve", "k", "f", NOON);
        claimed(2, "bob", "k", "f", NOON.plusSeconds(1));
        Instant aDayLater = NOON.plus(IdempotencyKey.LIFETIME);

        assertThat(claimed(3, "eve", "k", "g", aDayLater.minusMillis(1))).isEqualTo(new SaveOutcome.KeyReused());
        assertThat(claimed(4, "eve", "k", "g", aDayLater)).isEqualTo(new SaveOutcome.Stored());
        store().deleteIdempotencyKeys(NOON.plusSeconds(1));
        assertThat(claimed(5, "bob", "k", "g", NOON.plusSeconds(2))).isEqualTo(new SaveOutcome.Stored());
    }

    @Test
    default void aKeyIsNotStoredWithoutItsNotifications() {
        saved(1, users("ada"));

        assertThat(claimed(1, "eve", "k", "f", NOON)).isEqualTo(new SaveOutcome.IdConflict());
        assertThat(claimed(2, "eve", "k", "g", NOON)).isEqualTo(new SaveOutcome.Stored());
    }

    @Test
    default void concurrentRequestsWithOneKeyStoreOnce() throws Exception {
        List<Callable<SaveOutcome>> senders = IntStream.range(0, 50)
                .<Callable<SaveOutcome>>mapToObj(place -> () -> claimed(place, "eve", "k", "f", NOON))
                .toList();
        List<SaveOutcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<SaveOutcome> outcome : threads.invokeAll(senders)) {
                outcomes.add(outcome.get());
            }
        }
        assertThat(outcomes).containsOnlyOnce(new SaveOutcome.Stored());
        assertThat(outcomes.stream()
                        .filter(SaveOutcome.Repeated.class::isInstance)
                        .distinct())
                .hasSize(1);
        assertCounts(ADA, Scope.ALL, 1, 0);
    }
}
