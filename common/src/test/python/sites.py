"""The activation sites of a Hugging Face model, captured with hooks at the last position.

    resid_post   output of the decoder layer (before what deepstack adds, before the final norm)
    attn_z       input of self_attn.o_proj, or of linear_attn.out_proj in a layer that does not attend
    mlp_post     input of mlp.down_proj; in a mixture of experts that of the shared one, and nothing where there is none
"""
SITES = ("resid_post", "attn_z", "mlp_post")


def text_layers(model):
    """The decoder layers of the language model inside any of the supported vision-language models."""
    inner = model.model
    language = getattr(inner, "language_model", None) or getattr(inner, "text_model", None)
    return language.layers


def mixing_output(layer):
    """The projection after what a layer mixes of its tokens."""
    return layer.self_attn.o_proj if hasattr(layer, "self_attn") else layer.linear_attn.out_proj


def mlp_output(layer):
    """The last matrix of the MLP that all tokens go through, if there is one."""
    return getattr(layer.mlp, "down_proj", None) or getattr(getattr(layer.mlp, "shared_expert", None), "down_proj", None)


class SiteCapture:
    """Holds, after a forward pass, the last position of every site: `values[(layer, site)]`, shape (batch, width).

    Meant for batches without padding on the right, where the last position is the last prompt token of every row.
    """

    def __init__(self, model):
        self.values = {}
        self._hooks = []
        for index, layer in enumerate(text_layers(model)):
            self._hooks.append(layer.register_forward_hook(self._keep_output(index, "resid_post")))
            self._hooks.append(mixing_output(layer).register_forward_pre_hook(self._keep_input(index, "attn_z")))
            if mlp_output(layer):
                self._hooks.append(mlp_output(layer).register_forward_pre_hook(self._keep_input(index, "mlp_post")))

    def _keep_output(self, layer, site):
        def hook(module, arguments, result):
            hidden = result[0] if isinstance(result, tuple) else result
            self.values[layer, site] = hidden[:, -1].detach().clone()
        return hook

    def _keep_input(self, layer, site):
        def hook(module, arguments):
            value = arguments[0] if arguments[0].ndim > 2 else arguments[0][None]      # a mixture flattens a batch, here of one row
            self.values[layer, site] = value[:, -1].detach().clone()
        return hook

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        for hook in self._hooks:
            hook.remove()
