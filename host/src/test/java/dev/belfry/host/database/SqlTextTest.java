package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                select a from t where b = 'secret'              | select a from t where b = ?
                select a from t where b = 'it''s' and c = 'x'   | select a from t where b = ? and c = ?
                select a where b = 'C:\\' and c = 'secret'      | select a where b = ? and c = ?
                select a where b = E'it\\'s secret' and c = 1   | select a where b = E? and c = ?
                select a where b like'C:\\' and c = 'secret'    | select a where b like? and c = ?
                select a where b like '%secret%' escape '!'     | select a where b like ? escape ?
                select $tag$it's $ secret$tag$ + $$secret$$     | select ? + ?
                select a from t where b = $1 and c = $12        | select a from t where b = $1 and c = $12
                select t1.a2, 12.5e3, x'c0ffee' from t1         | select t1.a2, ?, x? from t1
                select "it's a 1 name" from t -- secret         | select "it's a 1 name" from t
                select a /* it's secret */ from t               | select a from t
                select a from t where b in (?, ?, 7)            | select a from t where b in (?, ...)
                insert into t values (?, 'x'), (?, ?), (?, ?)   | insert into t values (?, ...), ...
                select a from t where b = 'never closed         | select a from t where b = ?
                """)
    void literalsBecomeQuestionMarks(String sql, String text) {
        assertThat(SqlText.withoutValues(sql)).isEqualTo(text);
    }

    @Test
    void theTextIsOneShortLine() {
        assertThat(SqlText.withoutValues("select\n  1\r\nfrom t")).isEqualTo("select ? from t");
        assertThat(SqlText.withoutValues("select a" + ", a".repeat(10_000)))
                .hasSizeLessThan(2100)
                .endsWith(" ...");
        assertThat(SqlText.withoutValues("select '" + "x''".repeat(100_000) + "'"))
                .isEqualTo("select ?");
    }
}
