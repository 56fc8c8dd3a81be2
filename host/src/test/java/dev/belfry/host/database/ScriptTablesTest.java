package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTablesTest {

    @Test
    void createdTablesCountUntilTheyAreDroppedOrRenamed() {
        assertThat(ScriptTables.of(List.of("""
                        -- create table comment (n int);
                        create table Plain (name text default 'create table literal (n int)');
                        CREATE TABLE IF NOT EXISTS "Quoted Name" (n int); create table a(n int); create table b (n int);
                        create virtual table words using fts5 (word); create temp table passing (n int);
                        create table other.elsewhere (n int); create table copy (n int); create table moved (n int);
                        """, """
                        drop table if exists a, public.b cascade; /* drop table plain; */
                        drop table moved; alter table copy rename to moved;
                        alter table plain rename column name to title;
                        """)))
                .containsExactlyInAnyOrder("plain", "Quoted Name", "words", "moved");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do $$ begin execute 'drop table first'; end $$;",
                "do $body$ begin alter table first rename to other; end $body$",
                "set search_path to other; create table second (n int)",
                "drop schema other cascade"
            })
    void whatATextDoesNotSayIsNotGuessed(String script) {
        assertThat(ScriptTables.of(List.of("create table first (n int);", script)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[first]", "`first`", "\"first\"", "FIRST", "main . first"})
    void aNameCanBeQuoted(String name) {
        assertThat(ScriptTables.of(List.of("create table first (n int)", "drop table " + name)))
                .isEmpty();
    }
}
