<?php

namespace FarmMassMessage;

use MediaWiki\MediaWikiServices;
use Title;

/** Where a page leads (MassMessage REL1_43, includes/UrlHelper.php). */
class Redirect {

	/** The page itself, or the one behind its redirect; null if that is on another wiki. */
	public static function follow( Title $title ): ?Title {
		if ( !$title->isRedirect() ) {
			return $title;
		}
		$page = MediaWikiServices::getInstance()->getWikiPageFactory()->newFromTitle( $title );
		$target = $page->getRedirectTarget();
		return $target && $target->canExist() ? $target : null;
	}
}
