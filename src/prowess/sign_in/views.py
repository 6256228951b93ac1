"""Pages about signing in."""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prowess.framework.errors import Conflict, NotFound
from prowess.people.users import signed_in_user
from prowess.sign_in import actions, queries
from prowess.sign_in.forms import FORMS, ProviderForm, RulesForm


@login_not_required
@require_POST
def begin_single_sign_on(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the identity provider, by a page of our own: a form may lead to no other site (form-action 'self')."""
    app = queries.providers().filter(pk=pk).first()
    if app is None:
        raise NotFound("There is no such identity provider.", remedy="Sign in another way.")
    provider = get_adapter(request).get_provider(request, app.provider_id or app.provider, client_id=app.client_id)
    after = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure())
    away: HttpResponseRedirect = provider.redirect(request, "login", next_url=after if safe else None)
    return render(request, "sign_in/away.html", {"address": away.url, "name": app.name})


@require_http_methods(["GET", "HEAD", "POST"])
def own_sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in; each session can be ended, and all others at once."""
    user, current = signed_in_user(request), request.session.session_key
    if request.method == "POST":
        if request.POST.get("others"):
            ended = actions.end_other_sessions(actor=user, current_key=current)
            messages.success(request, f"{ended} other session{'s' if ended != 1 else ''} ended.")
        else:
            actions.end_session(_number(request.POST.get("session")), actor=user)
            messages.success(request, "The session is ended.")
        return redirect("own_sessions")
    return render(request, "sign_in/sessions.html", {"sessions": queries.sessions_of(user, current_key=current)})


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_rules(request: HttpRequest) -> HttpResponse:
    """Second factors by kind of user, and the identity providers."""
    actor = signed_in_user(request)
    rules = queries.second_factor_rules(actor)
    if request.method == "POST":
        form = RulesForm(request.POST)
        if form.is_valid():
            actions.require_second_factor(form.cleaned_data["kinds"], actor=actor)
            messages.success(request, "The rules are saved.")
            return redirect("sign_in_rules")
    return render(request, "sign_in/rules.html", {"rules": rules, "providers": queries.providers_for(actor)})


@require_http_methods(["GET", "HEAD", "POST"])
def provider(request: HttpRequest, protocol: str = "", pk: int | None = None) -> HttpResponse:
    """Set up an identity provider, or change one."""
    actor = signed_in_user(request)
    app = queries.provider_for(actor, pk=pk) if pk else None
    queries.providers_for(actor)
    kind = FORMS.get(app.provider if app else protocol)
    if kind is None:
        raise NotFound("There is no such protocol.", remedy="Choose OpenID Connect or SAML.")
    form = kind(request.POST or None, initial=_said_before(app))
    if request.method == "POST" and form.is_valid() and _set_up(form, actor_request=request, pk=pk):
        messages.success(request, f"{form.cleaned_data['name']} is set up.")
        return redirect("sign_in_rules")
    slug = app.provider_id if app else ""
    context = {"form": form, "app": app, "addresses": _addresses(request, kind.protocol, slug) if slug else {}}
    return render(request, "sign_in/provider.html", context)


@require_POST
def remove_provider(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an identity provider."""
    actions.remove_provider(pk, actor=signed_in_user(request))
    messages.success(request, "The provider is removed.")
    return redirect("sign_in_rules")


@login_not_required
@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:
    """Whoever turned back at the identity provider."""
    return render(request, "sign_in/cancelled.html")


def _set_up(form: ProviderForm, *, actor_request: HttpRequest, pk: int | None) -> bool:
    try:
        actions.set_up_provider(form.set_up(), actor=signed_in_user(actor_request), pk=pk)
    except Conflict as error:
        form.add_error("slug", str(error))
        return False
    return True


def _said_before(app: SocialApp | None) -> dict[str, object]:
    if app is None:
        return {}
    settings = app.settings
    return {
        "name": app.name,
        "slug": app.provider_id,
        "client_id": app.client_id,
        "domains": ", ".join(settings.get("domains", ())),
        "makes_users": settings.get("makes_users", False),
        "server_url": settings.get("server_url", ""),
        "email_attribute": (settings.get("attribute_mapping", {}).get("email") or [""])[0],
    }


def _addresses(request: HttpRequest, protocol: str, slug: str) -> dict[str, str]:
    """What the provider's administrator must be told."""
    if protocol == queries.SAML:
        named = {"Entity ID and metadata": "saml_metadata", "Reply address (ACS)": "saml_acs"}
        paths = {label: reverse(name, args=[slug]) for label, name in named.items()}
    else:
        paths = {"Redirect address": reverse("openid_connect_callback", args=[slug])}
    return {label: request.build_absolute_uri(path) for label, path in paths.items()}


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0
