package dev.belfry.notifications.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.notifications.storage.contract.Property;
import dev.belfry.notifications.storage.contract.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldingTest {

    @ParameterizedTest
    @CsvSource({"ÄÖÜ, äöü", "ΣΑΣ, σας", "ſ, S", "\u212A, k", "𐐀, 𐐨", "Ǆ, ǅ", "Ⅷ, ⅷ", "µ, μ"})
    void foldingRemovesDifferencesOfCase(String one, String other) {
        assertThat(Folding.fold(one)).isEqualTo(Folding.fold(other));
    }

    @Test
    void noTextMatchesAcrossTitleAndMessage() {
        assertThat(Folding.fold("AB", "CD")).doesNotContain("bc").contains("ab").contains("cd");
        assertThat(Folding.fold("AB", null)).isEqualTo("ab");
        assertThat(Folding.fold("AB\uFFFF", "CD")).doesNotContain(Folding.fold("\uFFFFC"));
    }

    @Test
    void aPartOfATextFoldsToAPartOfTheFoldedText() throws Exception {
        Property.holds(500, random -> {
            Texts texts = new Texts(random);
            String text = texts.some(0, 30);
            assertThat(Folding.fold(text)).contains(Folding.fold(texts.otherCaseOf(texts.partOf(text))));
        });
    }

    @Test
    void foldingIsIdempotent() throws Exception {
        Property.holds(500, random -> {
            String folded = Folding.fold(new Texts(random).some(0, 30));
            assertThat(Folding.fold(folded)).isEqualTo(folded);
        });
    }
}
