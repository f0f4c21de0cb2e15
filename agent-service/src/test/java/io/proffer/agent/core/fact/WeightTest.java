package io.proffer.agent.core.fact;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.proffer.api.v1.Label;
import io.proffer.api.v1.Labels;
import io.proffer.api.v1.TaskID;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import org.junit.jupiter.api.Test;

final class WeightTest {
  private static final int BIG = 1_000_000;

  private static TaskStatus.Builder status() {
    return TaskStatus.newBuilder()
        .setTaskId(TaskID.newBuilder().setValue("t"))
        .setState(TaskState.TASK_RUNNING);
  }

  @Test
  void dataWeighsWhatItIsLong() {
    var weight = Weight.of(status().setData(ByteString.copyFrom(new byte[BIG])).build());
    assertTrue(weight >= BIG && weight < BIG + 1000, "it weighs " + weight);
  }

  /** Each is a message with two texts: at least 24 bytes of header and fields for each of three. */
  @Test
  void manyTinyLabelsWeighTheObjectsTheyAre() {
    var labels = Labels.newBuilder();
    for (var i = 0; i < 10_000; i++) {
      labels.addLabels(Label.newBuilder().setKey("k").setValue("v"));
    }
    var weight = Weight.of(status().setLabels(labels).build());
    assertTrue(weight >= 10_000 * 3 * 24, "they weigh " + weight);
  }

  @Test
  void whatNobodyKnowsWeighsToo() {
    var unknown = UnknownFieldSet.newBuilder();
    for (var number = 1000; number < 2000; number++) {
      unknown.addField(number, UnknownFieldSet.Field.newBuilder().addVarint(1).build());
    }
    var weight = Weight.of(status().setUnknownFields(unknown.build()).build());
    assertTrue(weight >= 1000 * 100, "it weighs " + weight);
  }
}
