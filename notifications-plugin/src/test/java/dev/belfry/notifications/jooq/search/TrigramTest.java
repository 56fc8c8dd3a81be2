package dev.belfry.notifications.jooq.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrigramTest {

    @ParameterizedTest
    @CsvSource({"a,1", "ab,2", "abc,3", "ab c,4", "中文消息,4", "😀é,2"})
    void eachCharacterBeginsATrigram(String text, int count) {
        List<Trigram> found = of(text);

        assertThat(found).hasSize(count);
        assertThat(found.stream().map(Trigram::text))
                .containsExactlyElementsOf(IntStream.range(0, count)
                        .mapToObj(i -> {
                            int[] points = text.codePoints().skip(i).limit(3).toArray();
                            return new String(points, 0, points.length);
                        })
                        .toList());
        assertThat(found.stream().filter(Trigram::endsText)).hasSize(Math.min(2, count));
        assertThat(found).allSatisfy(trigram -> {
            String first = Character.toString(trigram.points()[0]);
            assertThat(trigram.number()).isBetween(Trigram.firstWith(first), Trigram.lastWith(first));
        });
    }

    static List<Trigram> of(String text) {
        List<Trigram> found = new ArrayList<>();
        Trigram.eachOf(text, number -> found.add(new Trigram(number)));
        return found;
    }
}
