package dev.belfry.host.spelling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosestNameTest {

    @ParameterizedTest
    @CsvSource({
        "bells.craete, bells.create",
        "bell.create, bells.create",
        "bells.crate, bells.create",
        "Bells.Create, bells.create",
        "bellscreate, bells.create",
        "catalog..entity.read, catalog.entity.read"
    })
    void aMisspelledWordHasANearName(String given, String near) {
        assertThat(ClosestName.ofWords(given, List.of("bells.create", "catalog.entity.read")))
                .contains(near);
    }

    @ParameterizedTest
    @CsvSource({"catalog.entity.create", "catalog.entity.delete", "bells.melt", "catalog.read", "gongs.create"})
    void anotherWordInTheSamePlaceIsNoMisspelling(String given) {
        assertThat(ClosestName.ofWords(given, List.of("bells.create", "catalog.entity.read")))
                .isEmpty();
    }
}
