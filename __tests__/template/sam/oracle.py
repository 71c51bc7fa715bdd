"""What SAM CLI's own providers see in templates: JSON of [{file, parameters}] on stdin, JSON of their answers on stdout."""

import json
import os
import sys

os.environ["SAM_CLI_TELEMETRY"] = "0"

from samcli.lib.providers.sam_function_provider import SamFunctionProvider
from samcli.lib.providers.sam_layer_provider import SamLayerProvider
from samcli.lib.providers.sam_stack_provider import SamLocalStackProvider


def function(f):
    metadata = f.metadata or {}
    return {
        "packageType": f.packagetype,
        "memory": f.memory,
        "timeout": f.timeout,
        "image": f.imageuri,
        "imageConfig": f.imageconfig,
        "environment": (f.environment or {}).get("Variables", {}),
        "architectures": f.architectures,
        "runtime": f.runtime,
        "context": metadata.get("DockerContext"),
        "dockerfile": metadata.get("Dockerfile"),
        "tag": metadata.get("DockerTag"),
        "target": metadata.get("DockerBuildTarget"),
        "buildArgs": metadata.get("DockerBuildArgs", {}),
    }


def layer(one):
    return {
        "path": one.codeuri,
        "buildMethod": one.build_method,
        "buildArchitecture": (one._metadata if hasattr(one, "_metadata") else {} or {}).get("BuildArchitecture")
        if isinstance(getattr(one, "_metadata", None), dict)
        else one.build_architecture,
        "runtimes": one.compatible_runtimes,
        "architectures": one.compatible_architectures,
    }


def answer(case):
    parameters = case["parameters"]
    pseudo = {name: value for name, value in parameters.items() if name.startswith("AWS::")}
    own = {name: value for name, value in parameters.items() if name not in pseudo}
    stacks, _ = SamLocalStackProvider.get_stacks(
        case["file"], parameter_overrides=own, global_parameter_overrides=pseudo
    )
    functions = SamFunctionProvider(stacks, ignore_code_extraction_warnings=True)
    layers = SamLayerProvider(stacks)
    return {
        "functions": {f.name: function(f) for f in functions.get_all()},
        "layers": {one.layer_id: layer(one) for one in layers.get_all()},
    }


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout, indent=1, sort_keys=True, default=str)
