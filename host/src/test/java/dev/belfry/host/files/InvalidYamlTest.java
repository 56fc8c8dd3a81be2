package dev.belfry.host.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.StringReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;

class InvalidYamlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                a:/  b: 1/   c: 2        | 3:5 | check the indentation of this line and of the line above it
                a: b: c                  | 1:5 | quote a value that has ': '
                a:/  b: 1/ c: 2          | 3:2 | does not continue the object that begins at line 1: check the indentation
                a: 'it's'                | 1:8 | does not continue the object that begins at line 1
                - a/b: 1                 | 2:1 | does not continue the array that begins at line 1
                a: [1]]                  | 1:7 | the ']' has no begin
                a: *y                    | 1:4 | there is no anchor '&y' before the alias '*y'
                a: [1, 2/b: 3            | 2:2 | the array that begins at line 1 is not complete: a ',' or ']' is missing
                a: {b: 1/c: 2            | 2:2 | the object that begins at line 1 is not complete: a ',' or '}' is missing
                a: ]                     | 1:4 | a value cannot begin with ']'
                a: [                     | 1:5 | the file ends within an array or object
                a: "x/b: 2               | 2:5 | the string that begins at line 1 has no quote at its end
                a: 1/foo/b: 2            | 3:1 | line 2 has no ': ' between a key and a value
                a: @x                    | 1:4 | a value cannot begin with '@': quote it
                a: "\\q"                 | 1:6 | '\\q' means nothing in double quotes: write '\\\\q'
                a: >x/  b                | 1:5 | begin the text in the next line
                {a: 1}}                  | 1:7 | nothing can follow here
                a: & b                   | 1:5 | a value that begins with '*', '&' or '!'
                """)
    void theParsersTermsDoNotOccur(String lines, String place, String reason) {
        YAMLException failure = catchThrowableOfType(
                YAMLException.class, () -> new Yaml().compose(new StringReader(lines.replace('/', '\n'))));
        InvalidYaml invalid = InvalidYaml.of(failure, 0);

        assertThat(invalid.reason()).contains(reason).doesNotContain("expected", "<block", "token", "mapping");
        assertThat(invalid.line() + ":" + invalid.column()).isEqualTo(place);
    }

    @ParameterizedTest
    @CsvSource({"'a: b\u0001', 'has the control character U+0001: remove it'"})
    void aControlCharacterIsNamed(String text, String reason) {
        YAMLException failure =
                catchThrowableOfType(YAMLException.class, () -> new Yaml().compose(new StringReader(text)));

        assertThat(InvalidYaml.of(failure, 0).reason()).isEqualTo(reason);
    }
}
