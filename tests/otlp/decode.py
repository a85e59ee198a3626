"""Decodes an ExportMetricsServiceRequest (standard input) by the official definitions, and prints it as JSON. What they do not know is an error."""
import sys

from google.protobuf.json_format import MessageToJson
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

request = ExportMetricsServiceRequest.FromString(sys.stdin.buffer.read())
size = request.ByteSize()
request.DiscardUnknownFields()
if request.ByteSize() != size:
    sys.exit(f"{size - request.ByteSize()} bytes of unknown fields")
print(MessageToJson(request, indent=None))
