package dev.belfry.host.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.util.List;

/** All required fields that one object of a body lacks: Jackson names the first one only. */
final class MissingFields {

    private MissingFields() {}

    /**
     * @param first Jackson's refusal; the last step of its path is the first missing field
     * @return the names of the fields, at least one
     */
    static List<String> of(MismatchedInputException first, String json, ObjectMapper mapper) {
        List<Reference> path = first.getPath();
        JsonNode object;
        try {
            object = mapper.readTree(json);
        } catch (JsonProcessingException invalidAfterTheObject) {
            return List.of(path.getLast().getFieldName());
        }
        for (Reference step : path.subList(0, path.size() - 1)) {
            object = step.getFieldName() == null ? object.path(step.getIndex()) : object.path(step.getFieldName());
        }
        JsonNode given = object;
        return mapper
                .getDeserializationConfig()
                .introspect(mapper.constructType((Class<?>) path.getLast().getFrom()))
                .findProperties()
                .stream()
                .filter(BeanPropertyDefinition::isRequired)
                .filter(property -> !given.has(property.getName())
                        && property.findAliases().stream().noneMatch(alias -> given.has(alias.getSimpleName())))
                .map(BeanPropertyDefinition::getName)
                .toList();
    }
}
