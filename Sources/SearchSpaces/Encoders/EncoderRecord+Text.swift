import Documents

extension EncoderRecord {
  /// The record in one line of JSON, `{"hidden_size": 256, "encoder_layers": [{"operation_type": "SA", …}, …]}`, with the keys and
  /// values of the BERT benchmark. `EncoderRecordParser` reads it to the same record.
  package var json: String {
    let layers = layers.map { "{\($0.fields.map { "\"\($0)\": \($1)" }.joined(separator: ", "))}" }
    return "{\"hidden_size\": \(hiddenSize), \"encoder_layers\": [\(layers.joined(separator: ", "))]}"
  }
}

extension EncoderLayer {
  /// The keys of a layer, in the benchmark's order.
  static let keys = [
    "operation_type", "operation_parameter", "num_operation_heads", "feed_forward_dimension", "num_feed_forward",
  ]

  /// The keys with their values as JSON; the width of a convolution is a number.
  fileprivate var fields: [(key: String, value: String)] {
    let parameter = operation.rawValue
    let values = [
      "\"\(operation.type)\"", operation.type == "DSC" ? parameter : "\"\(parameter)\"", "\(heads)",
      "\(feedForwardDimension)", "\(feedForwardCount)",
    ]
    return zip(Self.keys, values).map { ($0, $1) }
  }
}
